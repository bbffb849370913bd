package dev.hutong.registry.tlog;

import dev.hutong.registry.merkle.TreeHash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The alphabet that all texts of a log share: UTF-8 lines, decimal numbers and base64, each with exactly one spelling. */
final class LogText {
    /** The longest text that is read. A hundred post-quantum signatures of 5 kB fit; golang.org/x/mod/sumdb/note has the same limit. */
    static final int MAX_OCTETS = 1_000_000;

    private static final int MAX_DIGITS = 19;

    private LogText() {}

    /** The text of these octets, if they are UTF-8 without control characters other than newline (C2SP signed-note, "Format"). */
    static Parsed<String> decode(byte[] octets) {
        if (octets.length > MAX_OCTETS) {
            return Parsed.malformed("the text has " + octets.length + " octets, more than " + MAX_OCTETS);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            return isPlain(text.replace("\n", ""))
                    ? Parsed.valid(text)
                    : Parsed.malformed("the text has a control character other than newline");
        } catch (CharacterCodingException notUtf8) {
            return Parsed.malformed("the text is not UTF-8");
        }
    }

    /** True where the text may stand in one line: it has a UTF-8 form and no character below U+0020. */
    static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> c < 0x20)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** The number that this text is in decimal, without sign or leading zeros; empty for any other text and from 2^63 on. */
    static OptionalLong decimal(String text) {
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (text.isEmpty() || text.length() > MAX_DIGITS || !digits || (text.startsWith("0") && text.length() > 1)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /** The number behind this keyword and a space. */
    static OptionalLong numberAfter(String keyword, String line) {
        return line.startsWith(keyword + " ") ? decimal(line.substring(keyword.length() + 1)) : OptionalLong.empty();
    }

    /** The octets that this text is in standard base64 with padding (RFC 4648 §4); empty for any other spelling. */
    static Optional<byte[]> base64(String text) {
        try {
            byte[] octets = Base64.getDecoder().decode(text);
            // The decoder reads several texts as the same octets: unpadded ones, and such with non-zero trailing bits.
            return base64(octets).equals(text) ? Optional.of(octets) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /** The hashes of a proof, one line each. */
    static Parsed<List<TreeHash>> hashes(List<String> lines) {
        List<TreeHash> hashes = new ArrayList<>();
        for (String line : lines) {
            Optional<TreeHash> hash = TreeHash.parse(line);
            if (hash.isEmpty()) {
                return Parsed.malformed("line " + (hashes.size() + 1) + " of the proof is no hash in base64");
            }
            hashes.add(hash.get());
        }
        return Parsed.valid(List.copyOf(hashes));
    }

    static void appendHashes(StringBuilder text, List<TreeHash> hashes) {
        hashes.forEach(hash -> text.append(hash.toBase64()).append('\n'));
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
