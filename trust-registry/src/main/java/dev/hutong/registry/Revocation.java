package dev.hutong.registry;

import java.time.Instant;

/**
 * A key's revocation as it now stands.
 *
 * @param reason why
 * @param cutOff from when on nothing signed is good, itself included; without effect where the key was compromised
 * @param revokedAt when the registry took it up
 */
public record Revocation(RevocationReason reason, Instant cutOff, Instant revokedAt) {
    /** True where something that says it was signed at this instant is no longer good. */
    public boolean covers(Instant signedAt) {
        return switch (reason) {
            case COMPROMISED -> true;
            case SUPERSEDED, CEASED -> !signedAt.isBefore(cutOff);
        };
    }

    /** From when on the key may sign no longer: the cut-off; where it was compromised, when the registry learned of that. */
    public Instant from() {
        return switch (reason) {
            case COMPROMISED -> revokedAt;
            case SUPERSEDED, CEASED -> cutOff;
        };
    }

    /** True where this revocation withdraws something that the earlier one left good. A revocation is never relaxed. */
    boolean withdrawsMoreThan(Revocation earlier) {
        return switch (earlier.reason) {
            case COMPROMISED -> false;
            case SUPERSEDED, CEASED -> reason == RevocationReason.COMPROMISED || cutOff.isBefore(earlier.cutOff);
        };
    }
}
