package dev.hutong.registry;

import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureVerifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client as the registry knows it. It stays known for ever, withdrawn too, so that nobody takes its name.
 *
 * @param terms what it may ask, and how it is called
 * @param keys the keys that it may authenticate by now, in the order in which they came; never none, unless it was withdrawn
 * @param tokensFrom the first instant of which its tokens are good: its registration, or the latest at which a key was taken from it
 * @param registeredAt when it joined, by the registry's time
 * @param entry the log's entry that let it in, from 0
 * @param origin by which way it came in, such as {@link RegistryEvent.KeyActivated#LOCAL_DEVELOPMENT}
 * @param withdrawnAt when it left, for ever; empty while it is a client
 */
public record RegisteredClient(
        ClientId id,
        ClientTerms terms,
        List<Key> keys,
        Instant tokensFrom,
        Instant registeredAt,
        long entry,
        String origin,
        Optional<Instant> withdrawnAt) {
    /**
     * A key of a client's.
     *
     * @param verifier compiled once
     * @param since when it came, by the registry's time
     */
    public record Key(PublicJwk jwk, SignatureVerifier verifier, Instant since) {
        /** The key's thumbprint. */
        public KeyId id() {
            return KeyId.of(jwk);
        }
    }

    public RegisteredClient {
        keys = List.copyOf(keys);
    }

    /** Whether it has left. */
    public boolean withdrawn() {
        return withdrawnAt.isPresent();
    }

    /** In which capacities it may ask. */
    public Set<ClientRole> roles() {
        return terms.roles();
    }

    /** Its present key of this thumbprint. */
    public Optional<Key> key(String kid) {
        return keys.stream().filter(key -> key.jwk().kid().equals(kid)).findFirst();
    }

    /** Whether a token that it was given at this instant, in whole seconds, is good still, as far as its keys go. */
    public boolean keepsTokenOf(Instant issued) {
        return tokensFrom.equals(registeredAt) || !issued.isBefore(tokensFrom);
    }

    RegisteredClient with(Key key) {
        List<Key> more = new ArrayList<>(keys);
        more.add(key);
        return new RegisteredClient(id, terms, more, tokensFrom, registeredAt, entry, origin, withdrawnAt);
    }

    RegisteredClient without(KeyId key, Instant now) {
        List<Key> fewer = keys.stream().filter(one -> !one.id().equals(key)).toList();
        return new RegisteredClient(id, terms, fewer, now, registeredAt, entry, origin, withdrawnAt);
    }

    RegisteredClient withdrawnAt(Instant now) {
        return new RegisteredClient(id, terms, List.of(), now, registeredAt, entry, origin, Optional.of(now));
    }
}
