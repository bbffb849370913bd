package dev.hutong.registry;

import dev.hutong.registry.proposal.Delegation;
import java.util.Optional;

/**
 * Where an issuer stands.
 *
 * @param status registered, suspended or withdrawn
 * @param delegation for whom it may answer, if for anybody
 * @param reason why it stands so, in words
 */
public record IssuerStanding(Status status, Optional<Delegation> delegation, String reason) {
    /** The stations of an issuer's life. */
    public enum Status {
        /** What it signs is good. */
        REGISTERED,
        /** Nothing of it is good until it is resumed. */
        SUSPENDED,
        /** It has left for ever. */
        WITHDRAWN
    }

    IssuerStanding become(Status next, String because) {
        return new IssuerStanding(next, delegation, because);
    }

    IssuerStanding delegating(Optional<Delegation> limits, String because) {
        return new IssuerStanding(status, limits, because);
    }
}
