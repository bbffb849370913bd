package dev.hutong.registry;

import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureVerifier;
import java.time.Instant;

/**
 * A person or an office that may approve.
 *
 * @param verifier compiled once
 * @param since when it was let in
 */
public record Operator(String name, PublicJwk key, SignatureVerifier verifier, Instant since) {
    /** The key's thumbprint, by which the operator is told apart. */
    public KeyId id() {
        return KeyId.of(key);
    }
}
