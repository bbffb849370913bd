package dev.hutong.province;

import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.PackedLayout;
import dev.hutong.registry.jose.StrictBase64Url;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads packed bytes from their text: the number of bytes in decimal digits, and then the bytes as base64url without padding. */
final class PackedReader {
    private PackedReader() {}

    /** Refused as MALFORMED_CODE, whatever is wrong with it. */
    static Outcome<PackedLayout.Contents> read(byte[] text, PackedLayout layout) {
        byte[] length = layout.lengthText().getBytes(StandardCharsets.US_ASCII);
        int digits = length.length;
        if (text.length < digits || !Arrays.equals(text, 0, digits, length, 0, digits)) {
            return malformed("it does not say that it packs " + layout.length() + " bytes");
        }
        byte[] packed = StrictBase64Url.decodeOrNull(text, digits, text.length);
        if (packed == null) {
            return malformed("what is packed is not base64url without padding");
        }
        return packed.length == layout.length()
                ? layout.read(packed)
                : malformed(packed.length + " bytes where it says " + layout.length());
    }

    private static <T> Outcome<T> malformed(String why) {
        return Outcome.refused(Reason.MALFORMED_CODE, why);
    }
}
