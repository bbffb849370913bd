package dev.hutong.registry;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Action.Federate;
import dev.hutong.registry.proposal.EntityConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the fold asks of an entity configuration that an issuer deposits, beyond its form. That it is signed by the key it names proves that
 * the issuer has that key, as a code-signing key proves it by signing its proposal.
 */
final class EntityDeposit {
    private static final Duration CLOCKS_AGREE = Duration.ofMinutes(5);

    private EntityDeposit() {}

    /** What is deposited; empty where the issuer's part in the federation ends. */
    static Optional<EntityConfiguration> read(Federate action) throws ImpossibleEventException {
        if (action.entityConfiguration().isEmpty()) {
            return Optional.empty();
        }
        try {
            EntityConfiguration deposited =
                    EntityConfiguration.parse(action.entityConfiguration().get());
            if (!deposited.entity().issuer().equals(action.issuer())) {
                throw notAcceptable("it is " + deposited.entity().issuer() + "'s, not " + action.issuer() + "'s");
            }
            return Optional.of(deposited);
        } catch (IllegalArgumentException malformed) {
            throw notAcceptable(String.valueOf(malformed.getMessage()));
        }
    }

    /** The signature of what is deposited, still to be checked. */
    static Optional<SignatureCheck> check(Federate action, Instant now, SignatureProviders providers, long entry)
            throws ImpossibleEventException {
        Optional<EntityConfiguration> deposited = read(action);
        if (deposited.isPresent() && deposited.get().issuedAt().isAfter(now.plus(CLOCKS_AGREE))) {
            throw notAcceptable("its iat lies more than 5 minutes ahead: set the signer's clock");
        }
        return deposited.map(signed -> new SignatureCheck(
                entry, signed.key().kid(), providers.verifier(signed.key()), signed::signingInput, signed.signature()));
    }

    static void requireUnended(EntityConfiguration deposited, Instant now) throws ImpossibleEventException {
        if (!now.isBefore(deposited.expiresAt())) {
            throw notAcceptable("it ended at " + deposited.expiresAt());
        }
    }

    private static ImpossibleEventException notAcceptable(String why) {
        return new ImpossibleEventException(
                Ground.ENTITY_CONFIGURATION_NOT_ACCEPTABLE,
                "The entity configuration cannot be taken: " + why + ". Sign it anew and propose that");
    }
}
