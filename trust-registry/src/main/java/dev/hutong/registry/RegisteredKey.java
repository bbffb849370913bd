package dev.hutong.registry;

import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureVerifier;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A key as the registry now knows it, ready to verify.
 *
 * @param id its thumbprint
 * @param jwk the public key
 * @param verifier compiled when the key was published, and the same object in every later snapshot
 * @param use when it was last seen to sign; the same object in every later snapshot, too
 * @param notBefore the first instant at which it may sign, if bounded
 * @param signUntil the first instant at which it may no longer sign, if bounded
 * @param verifyUntil the first instant at which nothing that it signed is good any more, if bounded
 * @param origin by which way it came in: a proposal, or local development
 * @param standing what people have done to it, from its publication on
 */
public record RegisteredKey(
        KeyId id,
        PublicJwk jwk,
        SignatureVerifier verifier,
        KeyUse use,
        Optional<Instant> notBefore,
        Optional<Instant> signUntil,
        Optional<Instant> verifyUntil,
        String origin,
        History<KeyStanding> standing) {

    /** When the registry took it up. */
    public Instant publishedAt() {
        return standing.began();
    }

    /** Its revocation, if it was revoked. */
    public Optional<Revocation> revocation() {
        return standing.state().revocation();
    }

    /**
     * The first instant at which it may sign no longer, as far as is known: the earliest of its own ends and of its revocation's, which may
     * lie ahead.
     */
    public Optional<Instant> end() {
        return Stream.of(signUntil, verifyUntil, revocation().map(Revocation::from))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /** Where it stands at this instant. */
    public KeyState stateAt(Instant now) {
        if (revocation().isPresent() && revocation().get().covers(now)) {
            return KeyState.REVOKED;
        }
        if (hasCome(verifyUntil, now)) {
            return KeyState.EXPIRED;
        }
        if (standing.state().suspended()) {
            return KeyState.SUSPENDED;
        }
        if (notBefore.isPresent() && now.isBefore(notBefore.get())) {
            return KeyState.PRE_PUBLISHED;
        }
        return hasCome(signUntil, now) ? KeyState.VERIFY_ONLY : KeyState.ACTIVE;
    }

    /** The first ground, in {@link Rejection}'s order, on which this key vouches for nothing that says so much about itself. */
    Optional<Rejection> objectionTo(String alg, Instant signedAt, Instant now) {
        if (!jwk.algorithm().jose().equals(alg)) {
            return Optional.of(Rejection.WRONG_ALGORITHM);
        }
        if (revocation().isPresent() && revocation().get().covers(signedAt)) {
            return Optional.of(Rejection.KEY_REVOKED);
        }
        if (standing.state().suspended()) {
            return Optional.of(Rejection.KEY_SUSPENDED);
        }
        if (notBefore.isPresent() && signedAt.isBefore(notBefore.get())) {
            return Optional.of(Rejection.KEY_NOT_VALID_YET);
        }
        return hasCome(signUntil, signedAt) || hasCome(verifyUntil, now)
                ? Optional.of(Rejection.KEY_RETIRED)
                : Optional.empty();
    }

    private static boolean hasCome(Optional<Instant> bound, Instant instant) {
        return bound.isPresent() && !instant.isBefore(bound.get());
    }

    RegisteredKey with(History<KeyStanding> changed) {
        return new RegisteredKey(id, jwk, verifier, use, notBefore, signUntil, verifyUntil, origin, changed);
    }

    /** The key as it stood at an instant; empty where it was not published yet. */
    Optional<RegisteredKey> asOf(Instant instant) {
        return standing.asOf(instant).map(this::with);
    }
}
