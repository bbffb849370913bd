package dev.hutong.registry.proposal;

import dev.hutong.registry.ClientId;
import dev.hutong.registry.ClientTerms;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.jose.PublicJwk;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** One change of the registry, as somebody wants it. */
public sealed interface Action {
    /** The key that it brings into the registry, if it brings one. */
    default Optional<PublicJwk> brought() {
        return switch (this) {
            case RegisterIssuer register -> register.key().map(KeyOffer::jwk);
            case AddKey add -> Optional.of(add.key().jwk());
            case AddOperator add -> Optional.of(add.key());
            case RegisterClient register -> Optional.of(register.key());
            case AddClientKey add -> Optional.of(add.key());
            case OfIssuer _, OfClient _, RemoveOperator _ -> Optional.empty();
        };
    }

    /** A change that concerns one issuer. */
    sealed interface OfIssuer extends Action {
        /** Whom it concerns. */
        IssuerId issuer();
    }

    /**
     * An issuer joins.
     *
     * @param name what people call it
     * @param platform where its online platform answers, if it has one
     * @param parent the issuer that answers for it, within what was delegated to that one
     * @param key its first key; absent only on development hubs, which add it in a second step
     */
    record RegisterIssuer(
            IssuerId issuer, String name, Optional<URI> platform, Optional<IssuerId> parent, Optional<KeyOffer> key)
            implements OfIssuer {}

    /** Nothing of the issuer is good until it is resumed. */
    record SuspendIssuer(IssuerId issuer) implements OfIssuer {}

    /** The issuer's suspension ends. */
    record ResumeIssuer(IssuerId issuer) implements OfIssuer {}

    /** The issuer leaves the federation, for ever. */
    record WithdrawIssuer(IssuerId issuer) implements OfIssuer {}

    /** What the issuer may answer for is replaced; absent, it answers for nobody any more. */
    record Delegate(IssuerId issuer, Optional<Delegation> delegation) implements OfIssuer {}

    /**
     * The issuer takes part in OpenID Federation by what it says about itself, or, where that is absent, no longer.
     *
     * @param entityConfiguration a JWS in the compact serialization, which {@link EntityConfiguration#parse} reads
     */
    record Federate(IssuerId issuer, Optional<String> entityConfiguration) implements OfIssuer {}

    /** A version of the issuer's rules is published, for ever; the registry knows it by its digest. */
    record PublishRules(IssuerId issuer, RulesOffer rules) implements OfIssuer {}

    /** The issuer gets a further key. */
    record AddKey(IssuerId issuer, KeyOffer key) implements OfIssuer {}

    /** Nothing under the key is good until it is resumed. */
    record SuspendKey(IssuerId issuer, KeyId key) implements OfIssuer {}

    /** The key's suspension ends. */
    record ResumeKey(IssuerId issuer, KeyId key) implements OfIssuer {}

    /**
     * The key is revoked, or its revocation made stricter.
     *
     * @param cutOff from when on nothing signed is good; without effect where the key was compromised
     * @param breakGlass takes effect by one operator's signature, and raises an alarm until a second confirms it
     */
    record RevokeKey(IssuerId issuer, KeyId key, RevocationReason cause, Instant cutOff, boolean breakGlass)
            implements OfIssuer {}

    /** A change that concerns one client. */
    sealed interface OfClient extends Action {
        /** Whom it concerns. */
        ClientId client();
    }

    /**
     * Somebody may ask from now on.
     *
     * @param key by which it authenticates: ES256 or Ed25519, since standard OAuth clients know no other of ours
     */
    record RegisterClient(ClientId client, ClientTerms terms, PublicJwk key) implements OfClient {
        /** @throws IllegalArgumentException if the key is of another algorithm */
        public RegisterClient {
            ClientKeys.requireUsable(key);
        }
    }

    /** The client may authenticate by a further key. */
    record AddClientKey(ClientId client, PublicJwk key) implements OfClient {
        /** @throws IllegalArgumentException if the key is of another algorithm than a client's */
        public AddClientKey {
            ClientKeys.requireUsable(key);
        }
    }

    /** The client may authenticate by this key no longer, and every token that it was given ends. */
    record RemoveClientKey(ClientId client, KeyId key) implements OfClient {}

    /** The client may ask no longer, for ever. */
    record WithdrawClient(ClientId client) implements OfClient {}

    /** Somebody may approve from now on. */
    record AddOperator(String name, PublicJwk key) implements Action {}

    /** Somebody may approve no longer. */
    record RemoveOperator(KeyId key) implements Action {}
}
