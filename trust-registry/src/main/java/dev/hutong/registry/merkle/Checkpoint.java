package dev.hutong.registry.merkle;

/**
 * A log at one size, committed to by one hash.
 *
 * @param size how many leaves
 * @param root the RFC 6962 tree head hash over exactly those
 */
public record Checkpoint(long size, TreeHash root) {
    public Checkpoint {
        if (size < 0) {
            throw new IllegalArgumentException("A log has no fewer than 0 leaves");
        }
    }
}
