package dev.hutong.province;

import dev.hutong.registry.jose.StrictBase64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a code holds behind that which it is recognised by, and what a platform is asked about: a text, or bytes. */
final class CodeContent {
    private final byte[] bytes;
    private final boolean isText;

    private CodeContent(byte[] bytes, boolean isText) {
        this.bytes = bytes;
        this.isText = isText;
    }

    static CodeContent ofText(String text) {
        return new CodeContent(text.getBytes(StandardCharsets.UTF_8), true);
    }

    static CodeContent ofBytes(byte[] bytes) {
        return new CodeContent(bytes, false);
    }

    boolean isText() {
        return isText;
    }

    byte[] bytes() {
        return bytes;
    }

    /** As it goes into a JSON request: the text itself, or the bytes as base64url. */
    String onTheWire() {
        return isText ? new String(bytes, StandardCharsets.UTF_8) : StrictBase64Url.encode(bytes);
    }

    /** The base64url SHA-256 that an answer to this must carry as {@code inputHash}. */
    String hash() {
        try {
            return StrictBase64Url.encode(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
