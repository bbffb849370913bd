package dev.hutong.registry;

import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.Objection.AnswersForNobody;
import dev.hutong.registry.Objection.BeyondLimit;
import dev.hutong.registry.Objection.Gone;
import dev.hutong.registry.Objection.Suspended;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.Delegation.Limit;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether those above an issuer still answer for it. Asked anew for every code, so that what is done to a parent reaches all below it at
 * once; a chain has at most {@link Delegation#MAX_DEPTH} links. Allocates nothing where nobody objects.
 */
public final class Ancestry {
    private Ancestry() {}

    /** Why nothing of the issuer is good, for what is above it; empty where something is, or nobody is above it. */
    public static Optional<Objection> objectionTo(
            RegisteredIssuer issuer, Map<IssuerId, RegisteredIssuer> idToIssuer, Instant now) {
        return objectionTo(issuer.id(), issuer.parent(), idToIssuer, now);
    }

    /** Likewise of an issuer that may not be there yet. */
    static Optional<Objection> objectionTo(
            IssuerId issuer, Optional<IssuerId> parent, Map<IssuerId, RegisteredIssuer> idToIssuer, Instant now) {
        Optional<IssuerId> next = parent;
        for (int levels = 1; next.isPresent(); levels++) {
            RegisteredIssuer above = idToIssuer.get(next.get());
            if (above == null || above.status() == Status.WITHDRAWN) {
                return Optional.of(new Gone(next.get()));
            }
            if (above.delegation().isEmpty()) {
                return Optional.of(new AnswersForNobody(above.id()));
            }
            if (above.suspended()) {
                return Optional.of(new Suspended(above.id()));
            }
            Delegation delegation = above.delegation().get();
            Optional<Limit> exceeded = delegation.exceededBy(issuer, levels, now);
            if (exceeded.isPresent()) {
                return Optional.of(new BeyondLimit(above.id(), delegation, exceeded.get()));
            }
            next = above.parent();
        }
        return Optional.empty();
    }

    /** Why no key with this algorithm is good for the issuer; empty where one is. */
    public static Optional<Objection> objectionTo(
            RegisteredIssuer issuer, SignatureAlgorithm algorithm, Map<IssuerId, RegisteredIssuer> idToIssuer) {
        return objectionTo(algorithm, issuer.parent(), idToIssuer);
    }

    /** Likewise below a parent. */
    static Optional<Objection> objectionTo(
            SignatureAlgorithm algorithm, Optional<IssuerId> parent, Map<IssuerId, RegisteredIssuer> idToIssuer) {
        for (RegisteredIssuer above = find(parent, idToIssuer);
                above != null;
                above = find(above.parent(), idToIssuer)) {
            if (above.delegation().isEmpty()) {
                return Optional.of(new AnswersForNobody(above.id()));
            }
            Delegation delegation = above.delegation().get();
            if (!delegation.algorithms().contains(algorithm)) {
                return Optional.of(new BeyondLimit(above.id(), delegation, Limit.ALGORITHM));
            }
        }
        return Optional.empty();
    }

    /** Whether one issuer is above another, at any level. */
    static boolean isAbove(IssuerId above, RegisteredIssuer issuer, Map<IssuerId, RegisteredIssuer> idToIssuer) {
        for (RegisteredIssuer next = find(issuer.parent(), idToIssuer);
                next != null;
                next = find(next.parent(), idToIssuer)) {
            if (next.id().equals(above)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable RegisteredIssuer find(Optional<IssuerId> id, Map<IssuerId, RegisteredIssuer> idToIssuer) {
        return id.isPresent() ? idToIssuer.get(id.get()) : null;
    }
}
