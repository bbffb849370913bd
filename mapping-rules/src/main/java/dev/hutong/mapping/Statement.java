package dev.hutong.mapping;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one issuer asserted, in the hub's terms.
 *
 * @param issuer who signed it
 * @param region whose assertion it is, or null where the name given is not a known region's
 * @param assertedBy the asserting region as the issuer named it, or null where the issuer asserts for itself
 * @param nativeState the state as it stood, or null where it was no text at all
 * @param assertedRisk what the state means, whether or not it is still good; UNKNOWN where unmapped
 * @param reason why this statement says nothing now, or null while it is good
 * @param qualifiers what accompanies the risk
 * @param cause the coded cause as it stood, or null
 * @param assertedAt when the issuer came to it, or null where that is not told
 * @param validUntil the instant at which it is over, or null where unmapped
 * @param evidence observations that came with it
 * @param rule the rule that mapped it: {@code format@version#rule}
 * @param meaning that rule in words
 * @param remedy what the holder can do next, or null where nothing is to be done
 * @param evidenceOnly whether it is evidence beside others' statements, such as an itinerary, and never a status itself
 */
public record Statement(
        IssuerName issuer,
        @Nullable RegionCode region,
        @Nullable String assertedBy,
        @Nullable String nativeState,
        Risk assertedRisk,
        @Nullable Reason reason,
        Set<Qualifier> qualifiers,
        @Nullable String cause,
        @Nullable Instant assertedAt,
        @Nullable Instant validUntil,
        List<Evidence> evidence,
        String rule,
        Bilingual meaning,
        @Nullable Bilingual remedy,
        boolean evidenceOnly) {

    public Statement {
        qualifiers = Collections.unmodifiableSet(qualifiers);
        evidence = List.copyOf(evidence);
        if (evidenceOnly && (reason == null || assertedRisk != Risk.UNKNOWN)) {
            throw new IllegalArgumentException("evidence alone is no status");
        }
        if (reason == null && (assertedRisk == Risk.UNKNOWN || validUntil == null)) {
            throw new IllegalArgumentException("a statement without a reason against it has a risk and an end");
        }
    }

    /** The risk this statement stands for now: what was asserted while it is good, UNKNOWN otherwise. */
    public Risk risk() {
        return reason == null ? assertedRisk : Risk.UNKNOWN;
    }

    /** Whether this statement is good now. */
    public boolean isValid() {
        return reason == null;
    }

    /** Whether this statement was MEDIUM or HIGH when its validity ended: it must not lapse into green. */
    public boolean lapsedElevated() {
        return reason != null && assertedRisk.isElevated();
    }

    /** Whether what the issuer asserted could not be read against its format's tables. */
    public boolean isUnreadable() {
        return reason == Reason.UNMAPPED_STATUS;
    }
}
