package dev.hutong.province;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** What a scanner read. Some formats are bytes that no text can hold, and are claimed only where they are given as bytes. */
public final class ScannedCode {
    private final byte[] bytes;
    private final boolean givenAsBytes;

    private ScannedCode(byte[] bytes, boolean givenAsBytes) {
        this.bytes = bytes;
        this.givenAsBytes = givenAsBytes;
    }

    /** A scanned text. */
    public static ScannedCode ofText(String text) {
        return new ScannedCode(text.getBytes(StandardCharsets.UTF_8), false);
    }

    /** Scanned bytes, which may be a text's (UTF-8) or not. */
    public static ScannedCode ofBytes(byte[] bytes) {
        return new ScannedCode(bytes.clone(), true);
    }

    /** Feeds what was scanned to a digest, a text as UTF-8 and its line end with it. */
    public void update(MessageDigest digest) {
        digest.update(bytes);
    }

    boolean givenAsBytes() {
        return givenAsBytes;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether it is a text that ends so, but for a line end. */
    boolean endsWith(String ending) {
        byte[] text = withoutLineEnd();
        byte[] end = ending.getBytes(StandardCharsets.UTF_8);
        return text.length >= end.length
                && Arrays.equals(text, text.length - end.length, text.length, end, 0, end.length);
    }

    /** The bytes without one trailing CR, LF or CRLF, which scanners append to a text. */
    byte[] withoutLineEnd() {
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end--;
        }
        if (end > 0 && bytes[end - 1] == '\r') {
            end--;
        }
        return end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
    }

    /** The base64url SHA-256 of what was scanned, by which an answer shows what it answers; a line end behind it takes no part. */
    public String hash() {
        return CodeContent.ofBytes(withoutLineEnd()).hash();
    }
}
