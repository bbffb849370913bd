package dev.hutong.registry;

import dev.hutong.registry.merkle.TreeHash;
import java.nio.charset.StandardCharsets;

/**
 * One entry as the log stores it.
 *
 * @param index its place, from 0
 * @param leaf the event's canonical JSON; its UTF-8 octets are what the tree hashes, and they are never written anew
 */
public record LogEntry(long index, String leaf) {
    /** The RFC 6962 leaf hash. */
    public TreeHash hash() {
        return TreeHash.ofLeaf(leaf.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The event that the leaf says.
     *
     * @throws CorruptRegistryException if it is no event in its canonical form
     */
    public RegistryEvent event() {
        try {
            return RegistryEventCodec.decode(leaf);
        } catch (IllegalArgumentException malformed) {
            throw new CorruptRegistryException(
                    "Entry " + index + " of the registry log is not a registry event: " + malformed.getMessage(),
                    malformed);
        }
    }
}
