package dev.hutong.registry.tlog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hutong.registry.jose.KeyAdmission.Admitted;
import dev.hutong.registry.jose.KeyAdmission.Refused;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.StrictBase64Url;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The public key of a log or a witness: a name, a type of signature and an Ed25519 key (C2SP signed-note, "Signatures"). Its text, the
 * verifier key or vkey, is {@code name+id+base64(type ‖ key)}.
 *
 * @param name of the signer; without spaces and plus signs, by custom an address without scheme
 * @param type which signatures the key makes
 * @param publicKey of Ed25519
 */
public record NoteKey(String name, Type type, PublicJwk publicKey) {
    /** What a key signs, and how (C2SP signed-note, "Signature types"). */
    public enum Type {
        /** Ed25519 over the text of the note: what a log puts on its checkpoint. */
        ED25519(0x01),
        /** Ed25519 over the time and the text of a checkpoint: what a witness adds (C2SP tlog-cosignature). */
        COSIGNATURE_V1(0x04);

        private final byte octet;

        Type(int octet) {
            this.octet = (byte) octet;
        }

        private static Optional<Type> of(byte octet) {
            return Arrays.stream(values()).filter(type -> type.octet == octet).findFirst();
        }
    }

    private static final int KEY_OCTETS = 32;

    /** @throws IllegalArgumentException if the name cannot stand in a signature line, or the key is not one of Ed25519 */
    public NoteKey {
        if (!NoteSignature.isKeyName(name)) {
            throw new IllegalArgumentException("Not the name of a note key: " + name);
        }
        if (publicKey.algorithm() != SignatureAlgorithm.EDDSA) {
            throw new IllegalArgumentException("A note key is a key of Ed25519, not an " + publicKey);
        }
    }

    /**
     * The key by which a log of this origin signs its checkpoints.
     *
     * @throws IllegalArgumentException if the origin cannot be a key's name, or the key is not one of Ed25519
     */
    public static NoteKey ofLog(String origin, PublicJwk publicKey) {
        return new NoteKey(origin, Type.ED25519, publicKey);
    }

    /** Whether a key may have this name: not empty, and without spaces, plus signs and control characters. */
    public static boolean isName(String name) {
        return NoteSignature.isKeyName(name);
    }

    /** Whether a key of this origin could sign a log's checkpoints; {@link #ofLog} then makes it. */
    public static boolean canBeOfLog(String origin, PublicJwk publicKey) {
        return isName(origin) && publicKey.algorithm() == SignatureAlgorithm.EDDSA;
    }

    /** The key that this vkey is. Its id must be that of its content. */
    public static Parsed<NoteKey> parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length < 3) {
            return Parsed.malformed("a vkey is a name, a key id and base64, joined by plus signs");
        }
        if (!NoteSignature.isKeyName(parts[0])) {
            return Parsed.malformed("the key name is empty, or has a space or a control character");
        }
        Optional<byte[]> typeAndKey = LogText.base64(parts[2]);
        if (typeAndKey.isEmpty() || typeAndKey.get().length == 0) {
            return Parsed.malformed("the key is not strict base64");
        }
        return parse(parts[0], typeAndKey.get())
                .then(key -> key.hexId().equals(parts[1])
                        ? Parsed.valid(key)
                        : Parsed.malformed("the key id must be " + key.hexId() + ", in these letters"));
    }

    private static Parsed<NoteKey> parse(String name, byte[] typeAndKey) {
        Optional<Type> type = Type.of(typeAndKey[0]);
        if (type.isEmpty()) {
            return Parsed.malformed("the signature type is neither 0x01 nor 0x04");
        }
        if (typeAndKey.length != 1 + KEY_OCTETS) {
            return Parsed.malformed("the key has " + (typeAndKey.length - 1) + " octets instead of " + KEY_OCTETS);
        }
        String x = StrictBase64Url.encode(Arrays.copyOfRange(typeAndKey, 1, typeAndKey.length));
        return switch (PublicJwk.parse(JsonNodeFactory.instance
                .objectNode()
                .put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("x", x))) {
            case Admitted<PublicJwk>(PublicJwk key) -> Parsed.valid(new NoteKey(name, type.get(), key));
            case Refused<PublicJwk> refused -> Parsed.malformed(refused.explanation());
        };
    }

    /** The first four octets, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ key). Short: it tells keys apart, and proves nothing. */
    public int id() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(LogText.octets(name));
            sha256.update((byte) '\n');
            return ByteBuffer.wrap(sha256.digest(typeAndKey())).getInt();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /** The text of the key, which {@link #parse} reads. */
    public String vkey() {
        return name + "+" + hexId() + "+" + LogText.base64(typeAndKey());
    }

    private String hexId() {
        return HexFormat.of().toHexDigits(id());
    }

    private byte[] typeAndKey() {
        return ByteBuffer.allocate(1 + KEY_OCTETS)
                .put(type.octet)
                .put(publicKey.x())
                .array();
    }

    @Override
    public String toString() {
        return vkey();
    }
}
