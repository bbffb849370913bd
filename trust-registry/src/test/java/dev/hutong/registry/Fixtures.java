package dev.hutong.registry;

import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.IssuerResumed;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryEvent.KeyRevoked;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Issuers, keys and events that the tests share. */
final class Fixtures {
    static final SignatureProviders PROVIDERS = SignatureProviders.choose();
    static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    static final IssuerId GUANGDONG = new IssuerId("440000.yuekangma");
    static final IssuerId HANGZHOU = new IssuerId("330100.hangzhou");
    static final PrivateJwk P256 = Keys.generated(SignatureAlgorithm.ES256, 1);
    static final PrivateJwk ED25519 = Keys.generated(SignatureAlgorithm.EDDSA, 1);
    static final PrivateJwk SM2 = Keys.generated(SignatureAlgorithm.SM2, 1);

    private Fixtures() {}

    static IssuerRegistered registered(IssuerId issuer) {
        return new IssuerRegistered(NOW, issuer, "粤康码 " + issuer.region(), Optional.empty());
    }

    static IssuerRegistered registered(IssuerId issuer, String platform) {
        return new IssuerRegistered(NOW, issuer, "online", Optional.of(URI.create(platform)));
    }

    static IssuerSuspended suspended(IssuerId issuer) {
        return new IssuerSuspended(NOW, issuer, "key ceremony not witnessed");
    }

    static IssuerResumed resumed(IssuerId issuer) {
        return new IssuerResumed(NOW, issuer);
    }

    static KeyActivated activated(IssuerId issuer, PrivateJwk key) {
        return activated(issuer, key, null, null);
    }

    static KeyActivated activated(
            IssuerId issuer,
            PrivateJwk key,
            @org.jspecify.annotations.Nullable Instant notBefore,
            @org.jspecify.annotations.Nullable Instant signUntil) {
        return new KeyActivated(
                NOW,
                issuer,
                key.publicJwk(),
                Optional.ofNullable(notBefore),
                Optional.ofNullable(signUntil),
                KeyActivated.LOCAL_DEVELOPMENT);
    }

    static KeyRevoked revoked(IssuerId issuer, PrivateJwk key, RevocationReason reason, Instant cutOff) {
        return new KeyRevoked(NOW, issuer, idOf(key), reason, cutOff);
    }

    static KeyId idOf(PrivateJwk key) {
        return KeyId.of(key.publicJwk());
    }

    static SignedToken token(PrivateJwk key, Instant signedAt) {
        byte[] input = Keys.utf8("header.payload");
        return new SignedToken(
                key.publicJwk().kid(),
                key.publicJwk().algorithm().jose(),
                signedAt,
                input,
                PROVIDERS.signer(key).sign(input));
    }
}
