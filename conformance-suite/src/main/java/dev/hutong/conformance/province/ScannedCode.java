package dev.hutong.conformance.province;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What stands in a symbol and a scanner reads: bytes, which are mostly UTF-8 text and for some codes no text at all. Immutable. */
public final class ScannedCode {
    private final byte[] bytes;
    private final boolean binary;

    private ScannedCode(byte[] bytes, boolean binary) {
        this.bytes = bytes;
        this.binary = binary;
    }

    public static ScannedCode ofText(String text) {
        return new ScannedCode(text.getBytes(StandardCharsets.UTF_8), false);
    }

    public static ScannedCode ofBytes(byte[] bytes) {
        return new ScannedCode(bytes.clone(), true);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** True where the code is meant as bytes, even if they happen to be text. */
    public boolean isBinary() {
        return binary;
    }

    /**
     * The code as text.
     *
     * @throws IllegalStateException if it is {@linkplain #isBinary binary}
     */
    public String text() {
        if (binary) {
            throw new IllegalStateException("this code is no text");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScannedCode code && binary == code.binary && Arrays.equals(bytes, code.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length and the kind only: a code is personal. */
    @Override
    public String toString() {
        return bytes.length + (binary ? " bytes" : " bytes of text");
    }
}
