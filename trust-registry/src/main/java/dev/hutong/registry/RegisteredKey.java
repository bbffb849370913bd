package dev.hutong.registry;

import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureVerifier;
import java.time.Instant;
import java.util.Optional;

/**
 * A key as the registry now knows it, ready to verify.
 *
 * @param id its thumbprint
 * @param jwk the public key
 * @param verifier compiled when the key was activated, and the same object in every later snapshot
 * @param notBefore the first instant at which it may sign, if bounded
 * @param signUntil the first instant at which it may no longer sign, if bounded
 * @param revocation its revocation, if it was revoked
 * @param activatedAt when the registry took it up
 * @param origin see {@link RegistryEvent.KeyActivated#origin}
 */
public record RegisteredKey(
        KeyId id,
        PublicJwk jwk,
        SignatureVerifier verifier,
        Optional<Instant> notBefore,
        Optional<Instant> signUntil,
        Optional<Revocation> revocation,
        Instant activatedAt,
        String origin) {

    RegisteredKey revokedBy(Revocation stricter) {
        return new RegisteredKey(id, jwk, verifier, notBefore, signUntil, Optional.of(stricter), activatedAt, origin);
    }

    /** The first ground, in {@link Rejection}'s order, on which this key vouches for nothing that says so much about itself. */
    Optional<Rejection> objectionTo(String alg, Instant signedAt) {
        if (!jwk.algorithm().jose().equals(alg)) {
            return Optional.of(Rejection.WRONG_ALGORITHM);
        }
        if (revocation.isPresent() && revocation.get().covers(signedAt)) {
            return Optional.of(Rejection.KEY_REVOKED);
        }
        if (notBefore.isPresent() && signedAt.isBefore(notBefore.get())) {
            return Optional.of(Rejection.KEY_NOT_VALID_YET);
        }
        if (signUntil.isPresent() && !signedAt.isBefore(signUntil.get())) {
            return Optional.of(Rejection.KEY_RETIRED);
        }
        return Optional.empty();
    }
}
