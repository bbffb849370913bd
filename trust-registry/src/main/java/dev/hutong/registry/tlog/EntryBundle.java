package dev.hutong.registry.tlog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The content of an entry bundle: leaves, each behind its length in two octets, big-endian (C2SP tlog-tiles, "Log entries"). */
public final class EntryBundle {
    /** The longest leaf that a log can serve, in octets. */
    public static final int MAX_LEAF_OCTETS = 0xFFFF;

    private EntryBundle() {}

    /**
     * The octets of the bundle with these leaves.
     *
     * @throws IllegalArgumentException unless there are 1 to 256 leaves of at most {@value #MAX_LEAF_OCTETS} octets
     */
    public static byte[] write(List<byte[]> leaves) {
        if (leaves.isEmpty() || leaves.size() > TilePath.FULL_WIDTH) {
            throw new IllegalArgumentException("A bundle has 1 to 256 entries, not " + leaves.size());
        }
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (byte[] leaf : leaves) {
            if (leaf.length > MAX_LEAF_OCTETS) {
                throw new IllegalArgumentException(
                        "A leaf has at most " + MAX_LEAF_OCTETS + " octets, not " + leaf.length);
            }
            bundle.write(leaf.length >> 8);
            bundle.write(leaf.length);
            bundle.writeBytes(leaf);
        }
        return bundle.toByteArray();
    }

    /** The leaves in this bundle, 1 to 256. */
    public static Parsed<List<byte[]>> parse(byte[] bundle) {
        List<byte[]> leaves = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        while (rest.hasRemaining()) {
            if (leaves.size() == TilePath.FULL_WIDTH) {
                return Parsed.malformed("the bundle has more than 256 entries");
            }
            int length = rest.remaining() < Short.BYTES ? Integer.MAX_VALUE : Short.toUnsignedInt(rest.getShort());
            if (length > rest.remaining()) {
                return Parsed.malformed("entry " + leaves.size() + " of the bundle is cut off");
            }
            byte[] leaf = new byte[length];
            rest.get(leaf);
            leaves.add(leaf);
        }
        return leaves.isEmpty() ? Parsed.malformed("the bundle is empty") : Parsed.valid(List.copyOf(leaves));
    }
}
