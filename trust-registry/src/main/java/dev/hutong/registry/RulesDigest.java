package dev.hutong.registry;

import dev.hutong.registry.jose.StrictBase64Url;
import java.util.Optional;

/**
 * What a version of an issuer's rules is known by: a SHA-256 in base64url. The registry does not know of what.
 *
 * @param value 43 characters
 */
public record RulesDigest(String value) {
    private static final int OCTETS = 32;

    /** @throws IllegalArgumentException if the value is no SHA-256; {@link #parse} is for foreign text */
    public RulesDigest {
        if (!isDigest(value)) {
            throw new IllegalArgumentException("Not a digest: a SHA-256 in base64url");
        }
    }

    /** The digest of these octets of SHA-256. */
    public static RulesDigest of(byte[] sha256) {
        return new RulesDigest(StrictBase64Url.encode(sha256));
    }

    /** The digest that this text is, or empty where it is none. */
    public static Optional<RulesDigest> parse(String text) {
        return isDigest(text) ? Optional.of(new RulesDigest(text)) : Optional.empty();
    }

    private static boolean isDigest(String text) {
        byte[] octets = StrictBase64Url.decodeOrNull(text);
        return octets != null && octets.length == OCTETS;
    }

    @Override
    public String toString() {
        return value;
    }
}
