package dev.hutong.mapping.format;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written in a format's words; what the format has none for is left out.
 *
 * @param state the native state
 * @param vocabulary which of the format's vocabularies; empty where it has only one
 * @param qualifiers what is to be said beside the state
 * @param cause what the coded cause means, or null
 * @param assertedAt when the issuer came to it
 * @param assertedBy the asserting region in words, or null
 * @param evidence at most one of each kind
 * @param notAfter what is written ends no later
 */
public record Draft(
        NativeState state,
        Optional<Long> vocabulary,
        Set<Qualifier> qualifiers,
        @Nullable Bilingual cause,
        Instant assertedAt,
        @Nullable String assertedBy,
        List<Evidence> evidence,
        Instant notAfter) {}
