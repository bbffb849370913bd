package dev.hutong.conformance.jose;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Base64url without padding (RFC 7515 §2). */
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64Url() {}

    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** Encodes the UTF-8 bytes of a text. */
    public static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The bytes behind a text. Not strict about trailing bits: this suite decodes only what it is free to misread.
     *
     * @throws IllegalArgumentException if a character is outside the alphabet
     */
    public static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
