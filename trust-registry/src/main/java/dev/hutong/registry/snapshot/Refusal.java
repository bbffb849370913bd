package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import java.util.Optional;

/**
 * An issuer or a key that is in the registry and not good, and why: nobody has to guess why something is not trusted.
 *
 * @param issuer the issuer, or the key's
 * @param key absent where it is about the issuer itself
 * @param reason in words
 */
public record Refusal(IssuerId issuer, Optional<KeyId> key, Ground ground, String reason) {
    /** Why it is not good. A key whose issuer is refused has its issuer's ground. */
    public enum Ground {
        /** The issuer left, for ever. */
        ISSUER_WITHDRAWN,
        /** The issuer, or one above it, is suspended. */
        ISSUER_SUSPENDED,
        /** Nobody above it answers for it any more. */
        NOT_DELEGATED,
        /** The key was revoked; the reason says whether what it signed before stays good. */
        KEY_REVOKED,
        /** Nothing that the key signed is good any more. */
        KEY_EXPIRED,
        /** The key is suspended. */
        KEY_SUSPENDED
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("issuer", issuer.value())
                .put("kid", key.map(KeyId::value).orElse(null))
                .put("ground", ground.name())
                .put("reason", reason);
    }
}
