package dev.hutong.registry;

import dev.hutong.registry.jose.StrictBase64Url;
import java.util.Optional;

/**
 * What an X.509 certificate is known by: the SHA-256 of its DER form, as {@code x5t#S256} (RFC 8705 §3.1).
 *
 * @param value 43 characters of base64url
 */
public record CertificateThumbprint(String value) {
    private static final int OCTETS = 32;

    /** @throws IllegalArgumentException if the value is no thumbprint; {@link #parse} is for foreign text */
    public CertificateThumbprint {
        if (!isThumbprint(value)) {
            throw new IllegalArgumentException("Not a certificate's thumbprint: a SHA-256 in base64url");
        }
    }

    /** The thumbprint of these octets of SHA-256. */
    public static CertificateThumbprint of(byte[] sha256) {
        return new CertificateThumbprint(StrictBase64Url.encode(sha256));
    }

    /** The thumbprint that this text is, or empty where it is none. */
    public static Optional<CertificateThumbprint> parse(String text) {
        return isThumbprint(text) ? Optional.of(new CertificateThumbprint(text)) : Optional.empty();
    }

    private static boolean isThumbprint(String text) {
        byte[] octets = StrictBase64Url.decodeOrNull(text);
        return octets != null && octets.length == OCTETS;
    }

    @Override
    public String toString() {
        return value;
    }
}
