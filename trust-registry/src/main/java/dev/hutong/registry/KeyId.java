package dev.hutong.registry;

import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.StrictBase64Url;
import java.util.Optional;

/**
 * A key's name: its RFC 7638 SHA-256 thumbprint, so that nobody can choose one.
 *
 * @param value 43 characters of base64url
 */
public record KeyId(String value) {
    private static final int THUMBPRINT_OCTETS = 32;

    /** @throws IllegalArgumentException if the value is no thumbprint; {@link #parse} is for foreign text */
    public KeyId {
        if (!isThumbprint(value)) {
            throw new IllegalArgumentException("Not a key id: an RFC 7638 SHA-256 thumbprint in base64url");
        }
    }

    /** The key id that this text is, or empty where it is none. */
    public static Optional<KeyId> parse(String text) {
        return isThumbprint(text) ? Optional.of(new KeyId(text)) : Optional.empty();
    }

    /** The id of this key. */
    public static KeyId of(PublicJwk key) {
        return new KeyId(key.kid());
    }

    private static boolean isThumbprint(String text) {
        byte[] octets = StrictBase64Url.decodeOrNull(text);
        return octets != null && octets.length == THUMBPRINT_OCTETS;
    }

    @Override
    public String toString() {
        return value;
    }
}
