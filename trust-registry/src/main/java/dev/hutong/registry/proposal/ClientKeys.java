package dev.hutong.registry.proposal;

import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;

/** Which keys a client may authenticate by. */
final class ClientKeys {
    private ClientKeys() {}

    /** @throws IllegalArgumentException if it is a key that no standard OAuth client signs with (RFC 7518 §3.1, RFC 8037 §3.1) */
    static void requireUsable(PublicJwk key) {
        if (key.algorithm() == SignatureAlgorithm.SM2) {
            throw new IllegalArgumentException(
                    "key must be of ES256 or EdDSA: a client signs what OAuth 2.0 libraries sign");
        }
    }
}
