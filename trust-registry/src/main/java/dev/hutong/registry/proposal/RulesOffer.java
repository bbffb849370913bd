package dev.hutong.registry.proposal;

import dev.hutong.registry.RulesDigest;
import dev.hutong.registry.RulesVersion;
import java.time.Instant;
import java.util.Optional;

/**
 * A version of an issuer's rules as somebody wants it published.
 *
 * @param digest what names its content, and nothing else
 * @param validFrom the first instant at which it judges
 * @param validTo the first instant at which it judges no more; absent where it goes on until a later version does
 * @param emergency comes into force without lead time, and for a short time only
 */
public record RulesOffer(
        RulesVersion version, RulesDigest digest, Instant validFrom, Optional<Instant> validTo, boolean emergency) {}
