package dev.hutong.registry.merkle;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** One SHA-256 hash of the tree: of a leaf, of a node, or of a whole tree (RFC 6962 §2.1). */
public final class TreeHash {
    /** Octets of a hash. */
    public static final int WIDTH = 32;

    /** RFC 6962 §2.1: different prefixes, so that no node can be passed off as a leaf. */
    private static final byte LEAF_PREFIX = 0;

    private static final byte NODE_PREFIX = 1;

    private final byte[] octets;

    private TreeHash(byte[] octets) {
        this.octets = octets;
    }

    /**
     * The hash that these octets are.
     *
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static TreeHash of(byte[] octets) {
        if (octets.length != WIDTH) {
            throw new IllegalArgumentException("A tree hash has 32 octets, not " + octets.length);
        }
        return new TreeHash(octets.clone());
    }

    /** The hash that this text is in standard base64 with padding; empty for any other text, also for another spelling of a hash. */
    public static Optional<TreeHash> parse(String base64) {
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            // The decoder reads several texts as the same octets: unpadded ones, and such with non-zero trailing bits.
            return octets.length == WIDTH
                            && Base64.getEncoder().encodeToString(octets).equals(base64)
                    ? Optional.of(new TreeHash(octets))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** SHA-256(0x00 ‖ leaf). */
    public static TreeHash ofLeaf(byte[] leaf) {
        MessageDigest sha256 = sha256();
        sha256.update(LEAF_PREFIX);
        return new TreeHash(sha256.digest(leaf));
    }

    /** SHA-256(0x01 ‖ left ‖ right). */
    public static TreeHash ofNode(TreeHash left, TreeHash right) {
        MessageDigest sha256 = sha256();
        sha256.update(NODE_PREFIX);
        sha256.update(left.octets);
        return new TreeHash(sha256.digest(right.octets));
    }

    /** SHA-256 of nothing: the root of the empty tree. */
    public static TreeHash ofEmptyTree() {
        return new TreeHash(sha256().digest());
    }

    /** The hash that stands in {@code source} from {@code offset} on. */
    static TreeHash at(byte[] source, int offset) {
        return new TreeHash(Arrays.copyOfRange(source, offset, offset + WIDTH));
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, WIDTH);
    }

    /** Writes SHA-256(0x01 ‖ left ‖ right), whose two children stand side by side in {@code children}, without making an object. */
    static void nodeInto(MessageDigest sha256, byte[] children, int left, byte[] target, int offset) {
        sha256.update(NODE_PREFIX);
        sha256.update(children, left, 2 * WIDTH);
        try {
            sha256.digest(target, offset, WIDTH);
        } catch (DigestException impossible) {
            throw new IllegalStateException("A tile has room for every hash", impossible);
        }
    }

    /** The 32 octets. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Standard base64 with padding, as a C2SP checkpoint writes it. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(octets);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeHash that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Lower-case hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
