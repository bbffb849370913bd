package dev.hutong.registry;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An issuer as the registry now knows it.
 *
 * @param id its name in the federation
 * @param name what people call it
 * @param platform where its online platform answers, if it has one
 * @param suspended true while nothing of it is good
 * @param keys in the order of their activation, revoked and retired ones included
 * @param registeredAt when it joined
 */
public record RegisteredIssuer(
        IssuerId id,
        String name,
        Optional<URI> platform,
        boolean suspended,
        List<RegisteredKey> keys,
        Instant registeredAt) {
    public RegisteredIssuer {
        keys = List.copyOf(keys);
    }

    RegisteredIssuer whileSuspended(boolean nowSuspended) {
        return new RegisteredIssuer(id, name, platform, nowSuspended, keys, registeredAt);
    }

    RegisteredIssuer withKey(RegisteredKey key) {
        List<RegisteredKey> more = new ArrayList<>(keys);
        more.add(key);
        return new RegisteredIssuer(id, name, platform, suspended, more, registeredAt);
    }

    RegisteredIssuer withKeyReplaced(RegisteredKey key) {
        List<RegisteredKey> replaced =
                keys.stream().map(old -> old.id().equals(key.id()) ? key : old).toList();
        return new RegisteredIssuer(id, name, platform, suspended, replaced, registeredAt);
    }
}
