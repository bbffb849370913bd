package dev.hutong.registry.proposal;

import dev.hutong.registry.jose.PublicJwk;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that is to be registered, with its times.
 *
 * @param jwk the public key
 * @param notBefore the first instant at which it may sign; as early as the registry's rules allow where absent
 * @param signUntil the first instant at which it may no longer sign; without end where absent
 * @param verifyUntil the first instant at which nothing that it signed is good any more; without end where absent
 */
public record KeyOffer(
        PublicJwk jwk, Optional<Instant> notBefore, Optional<Instant> signUntil, Optional<Instant> verifyUntil) {
    /** A key without bounds. */
    public static KeyOffer unbounded(PublicJwk jwk) {
        return new KeyOffer(jwk, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same key, signing from this instant on. */
    public KeyOffer from(Instant instant) {
        return new KeyOffer(jwk, Optional.of(instant), signUntil, verifyUntil);
    }

    /** Whether its times leave it an instant to sign at, and let what it signed be verified for at least as long. */
    public boolean isInOrder() {
        boolean signs =
                signUntil.isEmpty() || notBefore.isEmpty() || notBefore.get().isBefore(signUntil.get());
        boolean verifies = verifyUntil.isEmpty()
                || (signUntil.isPresent() && !verifyUntil.get().isBefore(signUntil.get()));
        return signs && verifies;
    }
}
