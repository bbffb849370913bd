package dev.hutong.registry;

import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.jose.SignatureAlgorithm;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether those above an issuer still answer for it. Asked anew for every code, so that what is done to a parent reaches all below it at
 * once; a chain has at most {@link dev.hutong.registry.proposal.Delegation#MAX_DEPTH} links. Allocates nothing.
 */
final class Ancestry {
    private static final Optional<Rejection> SUSPENDED = Optional.of(Rejection.ISSUER_SUSPENDED);
    private static final Optional<Rejection> NOT_DELEGATED = Optional.of(Rejection.NOT_DELEGATED);

    private Ancestry() {}

    /** Why nothing of the issuer is good, for what is above it; empty where something is, or nobody is above it. */
    static Optional<Rejection> objectionTo(
            RegisteredIssuer issuer, Map<IssuerId, RegisteredIssuer> idToIssuer, Instant now) {
        RegisteredIssuer below = issuer;
        for (int levels = 1; below.parent().isPresent(); levels++) {
            RegisteredIssuer above = idToIssuer.get(below.parent().get());
            if (above == null
                    || above.status() == Status.WITHDRAWN
                    || above.delegation().isEmpty()) {
                return NOT_DELEGATED;
            }
            if (above.suspended()) {
                return SUSPENDED;
            }
            if (!above.delegation().get().covers(issuer.id(), levels, now)) {
                return NOT_DELEGATED;
            }
            below = above;
        }
        return Optional.empty();
    }

    /** Why no key with this algorithm is good for the issuer; empty where one is. */
    static Optional<Rejection> objectionTo(
            RegisteredIssuer issuer, SignatureAlgorithm algorithm, Map<IssuerId, RegisteredIssuer> idToIssuer) {
        for (RegisteredIssuer above = parentOf(issuer, idToIssuer);
                above != null;
                above = parentOf(above, idToIssuer)) {
            if (above.delegation().isEmpty()
                    || !above.delegation().get().algorithms().contains(algorithm)) {
                return NOT_DELEGATED;
            }
        }
        return Optional.empty();
    }

    /** Whether one issuer is above another, at any level. */
    static boolean isAbove(IssuerId above, RegisteredIssuer issuer, Map<IssuerId, RegisteredIssuer> idToIssuer) {
        for (RegisteredIssuer next = parentOf(issuer, idToIssuer); next != null; next = parentOf(next, idToIssuer)) {
            if (next.id().equals(above)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable RegisteredIssuer parentOf(
            RegisteredIssuer issuer, Map<IssuerId, RegisteredIssuer> idToIssuer) {
        return issuer.parent().isPresent() ? idToIssuer.get(issuer.parent().get()) : null;
    }
}
