package dev.hutong.registry.tlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One signature line of a note: who says that they signed, and the octets that should show it (C2SP signed-note, "Format").
 *
 * @param name the key's name: not empty, without Unicode spaces and plus signs
 * @param base64 of the four octets of the key id and the signature behind them
 */
public record NoteSignature(String name, String base64) {
    /** Most signatures that a note may carry; the specification wants at least 16. */
    public static final int MAX_PER_NOTE = 100;

    private static final String DASH = "\u2014 ";

    /** @throws IllegalArgumentException if the name is none, or if the base64 is not strict or too short */
    public NoteSignature {
        faultIn(name, base64).ifPresent(fault -> {
            throw new IllegalArgumentException("Not a note signature: " + fault);
        });
    }

    /** The line of a signature that this key made. */
    static NoteSignature of(NoteKey key, byte[] signature) {
        byte[] octets = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(key.id())
                .put(signature)
                .array();
        return new NoteSignature(key.name(), LogText.base64(octets));
    }

    /** The signatures in these lines, each ending in a newline: as a witness answers them. At least one. */
    public static Parsed<List<NoteSignature>> parseLines(byte[] octets) {
        return LogText.decode(octets).then(NoteSignature::parseLines);
    }

    static Parsed<List<NoteSignature>> parseLines(String lines) {
        if (!lines.endsWith("\n")) {
            return Parsed.malformed("the last signature line does not end in a newline");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
            if (signatures.size() == MAX_PER_NOTE) {
                return Parsed.malformed("there are more than " + MAX_PER_NOTE + " signatures");
            }
            switch (parseLine(line)) {
                case Parsed.Valid<NoteSignature>(NoteSignature signature) -> signatures.add(signature);
                case Parsed.Malformed<NoteSignature>(String reason) -> {
                    return Parsed.malformed("signature line " + (signatures.size() + 1) + ": " + reason);
                }
            }
        }
        return Parsed.valid(List.copyOf(signatures));
    }

    private static Parsed<NoteSignature> parseLine(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space < DASH.length()) {
            return Parsed.malformed("it is not an em dash, a space, a name, a space and base64");
        }
        String name = line.substring(DASH.length(), space);
        String base64 = line.substring(space + 1);
        return faultIn(name, base64)
                .<Parsed<NoteSignature>>map(Parsed::malformed)
                .orElseGet(() -> Parsed.valid(new NoteSignature(name, base64)));
    }

    private static Optional<String> faultIn(String name, String base64) {
        if (!isKeyName(name)) {
            return Optional.of("the key name is empty, or has a space, a plus sign or a control character");
        }
        Optional<byte[]> octets = LogText.base64(base64);
        if (octets.isEmpty()) {
            return Optional.of("the signature is not strict base64");
        }
        return octets.get().length > Integer.BYTES
                ? Optional.empty()
                : Optional.of("the signature is not longer than a key id");
    }

    /** True for a name that a key may have: not empty, and without Unicode spaces, plus signs and control characters. */
    static boolean isKeyName(String name) {
        // U+0085 is a space to Unicode (White_Space) and a control character to Java.
        return !name.isEmpty()
                && LogText.isPlain(name)
                && name.codePoints().noneMatch(c -> c == '+' || c == 0x85 || Character.isSpaceChar(c));
    }

    /** The id of the key, which together with the name says which it is. */
    public int keyId() {
        return ByteBuffer.wrap(decoded()).getInt();
    }

    /** The signature itself, of at least one octet. */
    public byte[] octets() {
        byte[] decoded = decoded();
        return Arrays.copyOfRange(decoded, Integer.BYTES, decoded.length);
    }

    /** True where the line names this key. Whether the key made it is for {@link NoteVerifier} to say. */
    public boolean names(NoteKey key) {
        return name.equals(key.name()) && keyId() == key.id();
    }

    /** The line as a note has it, with the newline at its end. */
    public String line() {
        return DASH + name + " " + base64 + "\n";
    }

    private byte[] decoded() {
        return LogText.base64(base64).orElseThrow();
    }

    /** The key that the line names, as C2SP texts cite one. */
    @Override
    public String toString() {
        return "signature by " + name + "+" + HexFormat.of().toHexDigits(keyId());
    }
}
