package dev.hutong.mapping.policy;

import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a policy concludes.
 *
 * @param risk the risk for this verifier
 * @param reason why it is UNKNOWN, or null where it is not
 * @param qualifiers those of the statements that decided it; none where UNKNOWN
 * @param validUntil the earliest end among the valid statements, or null where UNKNOWN
 * @param ground the policy and what decided it, for the trace
 */
public record Verdict(
        Risk risk,
        @Nullable Reason reason,
        Set<Qualifier> qualifiers,
        @Nullable Instant validUntil,
        String ground) {}
