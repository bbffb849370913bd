package dev.hutong.registry.jose;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 4648 §5, RFC 7515 §2), in which every octet sequence has exactly one text.
 *
 * <p>The JDK's decoder and nimbus's both read several texts as the same octets (padding, foreign characters, non-zero trailing
 * bits), which lets one token be written in many ways. This one refuses all of them.
 */
public final class StrictBase64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private static final byte FOREIGN = -1;
    private static final byte[] OCTET_TO_SEXTET = sextets();

    private StrictBase64Url() {}

    /** The text of these octets, without padding. */
    public static String encode(byte[] octets) {
        return ENCODER.encodeToString(octets);
    }

    /** The octets of this text, or null where it is not their one strict encoding. The empty text is the empty array. */
    public static byte @Nullable [] decodeOrNull(String text) {
        // A character beyond Latin-1 becomes '?', which the alphabet does not hold; the rest of Latin-1 is refused by
        // the table.
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return decodeOrNull(octets, 0, octets.length);
    }

    /**
     * The octets of the ASCII text that stands in {@code source} from {@code from} (inclusive) to {@code to} (exclusive), or null
     * where it is not their one strict encoding.
     *
     * @throws IndexOutOfBoundsException if the range lies outside the array
     */
    public static byte @Nullable [] decodeOrNull(byte[] source, int from, int to) {
        Objects.checkFromToIndex(from, to, source.length);
        int length = to - from;
        int tail = length & 3;
        if (tail == 1) {
            return null;
        }
        byte[] target = new byte[(int) (length * 3L / 4)];
        int out = 0;
        int in = from;
        // OR-ing the sextets as they are read leaves a negative number as soon as one of them was FOREIGN.
        int seen = 0;
        for (int end = to - tail; in < end; in += 4) {
            int a = OCTET_TO_SEXTET[source[in] & 0xFF];
            int b = OCTET_TO_SEXTET[source[in + 1] & 0xFF];
            int c = OCTET_TO_SEXTET[source[in + 2] & 0xFF];
            int d = OCTET_TO_SEXTET[source[in + 3] & 0xFF];
            seen |= a | b | c | d;
            int bits = a << 18 | b << 12 | c << 6 | d;
            target[out++] = (byte) (bits >> 16);
            target[out++] = (byte) (bits >> 8);
            target[out++] = (byte) bits;
        }
        if (tail != 0) {
            int a = OCTET_TO_SEXTET[source[in] & 0xFF];
            int b = OCTET_TO_SEXTET[source[in + 1] & 0xFF];
            int c = tail == 3 ? OCTET_TO_SEXTET[source[in + 2] & 0xFF] : 0;
            seen |= a | b | c;
            int unused = tail == 3 ? c & 0b11 : b & 0b1111;
            if (unused != 0) {
                return null;
            }
            target[out++] = (byte) (a << 2 | b >> 4);
            if (tail == 3) {
                target[out] = (byte) (b << 4 | c >> 2);
            }
        }
        return seen < 0 ? null : target;
    }

    private static byte[] sextets() {
        byte[] table = new byte[256];
        Arrays.fill(table, FOREIGN);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int sextet = 0; sextet < alphabet.length(); sextet++) {
            table[alphabet.charAt(sextet)] = (byte) sextet;
        }
        return table;
    }
}
