package dev.hutong.registry;

import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.EntityConfiguration;
import java.util.Optional;

/**
 * Where an issuer stands.
 *
 * @param status registered, suspended or withdrawn
 * @param delegation for whom it may answer, if for anybody
 * @param entityConfiguration what it says about itself in OpenID Federation, if it takes part
 * @param reason why it stands so, in words
 */
public record IssuerStanding(
        Status status,
        Optional<Delegation> delegation,
        Optional<EntityConfiguration> entityConfiguration,
        String reason) {
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
        return new IssuerStanding(next, delegation, entityConfiguration, because);
    }

    IssuerStanding delegating(Optional<Delegation> limits, String because) {
        return new IssuerStanding(status, limits, entityConfiguration, because);
    }

    IssuerStanding federating(Optional<EntityConfiguration> deposited, String because) {
        return new IssuerStanding(status, delegation, deposited, because);
    }
}
