package dev.hutong.province;

import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryEvent.KeyRevoked;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a registry holds, event by event, and folds it. */
final class TestRegistry {
    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

    private final List<RegistryEvent> events = new ArrayList<>();

    static TestRegistry empty() {
        return new TestRegistry();
    }

    /** An issuer without a platform, and its keys, without bounds. */
    static TestRegistry of(String issuer, SigningKey... keys) {
        return empty().issuer(issuer, null, keys);
    }

    TestRegistry issuer(String issuer, @Nullable URI platform, SigningKey... keys) {
        IssuerId id = new IssuerId(issuer);
        events.add(new IssuerRegistered(LONG_AGO, id, "issuer " + issuer, Optional.ofNullable(platform)));
        for (SigningKey key : keys) {
            key(issuer, key.publicJwk(), null, null);
        }
        return this;
    }

    /** A key of an issuer that is registered, bounded where an instant is given. */
    TestRegistry key(String issuer, String jwk, @Nullable Instant notBefore, @Nullable Instant signUntil) {
        events.add(new KeyActivated(
                LONG_AGO,
                new IssuerId(issuer),
                admitted(jwk),
                Optional.ofNullable(notBefore),
                Optional.ofNullable(signUntil),
                KeyActivated.LOCAL_DEVELOPMENT));
        return this;
    }

    TestRegistry suspended(String issuer) {
        events.add(new IssuerSuspended(LONG_AGO, new IssuerId(issuer), "the test says so"));
        return this;
    }

    TestRegistry revoked(String issuer, SigningKey key, RevocationReason reason, Instant cutOff) {
        events.add(new KeyRevoked(LONG_AGO, new IssuerId(issuer), new KeyId(key.kid()), reason, cutOff));
        return this;
    }

    RegistrySnapshot snapshot() {
        try (Registry registry = Registry.open(new InMemoryRegistryLog(), PROVIDERS, InstantSource.fixed(LONG_AGO))) {
            if (!events.isEmpty() && registry.append(events) instanceof Registry.Refused(var why)) {
                throw new IllegalArgumentException(why.detail());
            }
            return registry.snapshot();
        }
    }

    private static PublicJwk admitted(String jwk) {
        return switch (PublicJwk.parse(jwk.getBytes(StandardCharsets.UTF_8))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> key;
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalArgumentException(refused.explanation());
        };
    }
}
