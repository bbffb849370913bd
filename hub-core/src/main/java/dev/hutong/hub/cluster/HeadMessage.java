package dev.hutong.hub.cluster;

import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.TreeHash;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A checkpoint on the wire: its size in 8 octets, big-endian, and its root. It is public. */
final class HeadMessage {
    private static final int WIDTH = Long.BYTES + TreeHash.WIDTH;

    private HeadMessage() {}

    static byte[] write(Checkpoint head) {
        return ByteBuffer.allocate(WIDTH)
                .putLong(head.size())
                .put(head.root().octets())
                .array();
    }

    /** Empty for what no hub wrote. */
    static Optional<Checkpoint> read(byte[] message) {
        if (message.length != WIDTH) {
            return Optional.empty();
        }
        ByteBuffer octets = ByteBuffer.wrap(message);
        long size = octets.getLong();
        byte[] root = new byte[TreeHash.WIDTH];
        octets.get(root);
        return size < 0 ? Optional.empty() : Optional.of(new Checkpoint(size, TreeHash.of(root)));
    }
}
