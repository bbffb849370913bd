package dev.hutong.registry;

import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Approval;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.SignedDocument;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of the registry log. The log holds these for ever; everything else is computed from them.
 *
 * <p>A registry under dual control begins with {@link Founded} and goes on with what people signed: {@link Proposed} and {@link Approved}.
 * A development registry holds {@link Development} events, which nobody signed. No log holds both.
 */
public sealed interface RegistryEvent {
    /** When a hub took it up, by that hub's clock. The order of events is the log's, not this. */
    Instant at();

    /** The registry was founded under dual control. Its first entry, or none. */
    record Founded(Instant at, SignedDocument document, Genesis genesis) implements RegistryEvent {
        /** @throws IllegalArgumentException if the document signs no genesis */
        public static Founded of(Instant at, SignedDocument document) {
            return new Founded(at, document, Genesis.of(document));
        }
    }

    /** Somebody proposed a change; nothing is changed yet, unless it is a break-glass revocation. */
    record Proposed(Instant at, SignedDocument document, Proposal proposal) implements RegistryEvent {
        /** @throws IllegalArgumentException if the document signs no proposal */
        public static Proposed of(Instant at, SignedDocument document) {
            return new Proposed(at, document, Proposal.of(document));
        }
    }

    /** An operator approved a proposal. With the second one, the change takes effect. */
    record Approved(Instant at, SignedDocument document, Approval approval) implements RegistryEvent {
        /** @throws IllegalArgumentException if the document signs no approval */
        public static Approved of(Instant at, SignedDocument document) {
            return new Approved(at, document, Approval.of(document));
        }
    }

    /** A change that one person made on the hub's own host, without dual control: for loopback development hubs. */
    sealed interface Development extends RegistryEvent {
        /** One that concerns an issuer. */
        sealed interface OfIssuer extends Development {
            /** Whom it concerns. */
            IssuerId issuer();
        }
    }

    /**
     * Somebody may ask from now on.
     *
     * @param origin by which way it came in, such as {@link KeyActivated#LOCAL_DEVELOPMENT}
     */
    record ClientRegistered(Instant at, Action.RegisterClient registration, String origin) implements Development {}

    /**
     * An issuer joined.
     *
     * @param name what people call it
     * @param platform where its online platform answers, if it has one; {@link PlatformRule} says which addresses are allowed
     */
    record IssuerRegistered(Instant at, IssuerId issuer, String name, Optional<URI> platform)
            implements Development.OfIssuer {}

    /**
     * Nothing of this issuer is good until it is resumed.
     *
     * @param reason in words, for people
     */
    record IssuerSuspended(Instant at, IssuerId issuer, String reason) implements Development.OfIssuer {}

    /** The suspension ended. */
    record IssuerResumed(Instant at, IssuerId issuer) implements Development.OfIssuer {}

    /**
     * A key may sign for the issuer.
     *
     * @param notBefore the first instant at which it may sign; from the beginning of time where absent
     * @param signUntil the first instant at which it may no longer sign; without end where absent
     * @param origin by which way it came in, such as {@link #LOCAL_DEVELOPMENT}
     */
    record KeyActivated(
            Instant at,
            IssuerId issuer,
            PublicJwk key,
            Optional<Instant> notBefore,
            Optional<Instant> signUntil,
            String origin)
            implements Development.OfIssuer {
        /** The origin of a key that one person registered on the hub's own host, without dual control. */
        public static final String LOCAL_DEVELOPMENT = "local-development";
    }

    /**
     * A key was revoked, or its revocation made stricter.
     *
     * @param cutOff see {@link Revocation#cutOff}
     */
    record KeyRevoked(Instant at, IssuerId issuer, KeyId key, RevocationReason reason, Instant cutOff)
            implements Development.OfIssuer {}
}
