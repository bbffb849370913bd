package dev.hutong.registry;

import dev.hutong.registry.jose.PublicJwk;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** One thing that happened to the registry. The log holds these for ever; everything else is computed from them. */
public sealed interface RegistryEvent {
    /** When it happened, by the clock of the hub that took it up. The order of events is the log's, not this. */
    Instant at();

    /** Whom it concerns. */
    IssuerId issuer();

    /**
     * An issuer joined.
     *
     * @param name what people call it
     * @param platform where its online platform answers, if it has one; {@link PlatformRule} says which addresses are allowed
     */
    record IssuerRegistered(Instant at, IssuerId issuer, String name, Optional<URI> platform)
            implements RegistryEvent {}

    /**
     * Nothing of this issuer is good until it is resumed.
     *
     * @param reason in words, for people
     */
    record IssuerSuspended(Instant at, IssuerId issuer, String reason) implements RegistryEvent {}

    /** The suspension ended. */
    record IssuerResumed(Instant at, IssuerId issuer) implements RegistryEvent {}

    /**
     * A key may sign for the issuer.
     *
     * @param notBefore the first instant at which it may sign; from the beginning of time where absent
     * @param signUntil the first instant at which it may no longer sign; without end where absent
     * @param origin by which way it came in: {@link #LOCAL_DEVELOPMENT}, or the proposal that was approved
     */
    record KeyActivated(
            Instant at,
            IssuerId issuer,
            PublicJwk key,
            Optional<Instant> notBefore,
            Optional<Instant> signUntil,
            String origin)
            implements RegistryEvent {
        /** The origin of a key that one person registered on the hub's own host, without dual control. */
        public static final String LOCAL_DEVELOPMENT = "local-development";
    }

    /**
     * A key was revoked, or its revocation made stricter.
     *
     * @param cutOff see {@link Revocation#cutOff}
     */
    record KeyRevoked(Instant at, IssuerId issuer, KeyId key, RevocationReason reason, Instant cutOff)
            implements RegistryEvent {}
}
