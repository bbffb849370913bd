package dev.hutong.registry;

import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.merkle.TreeHash;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The hashes of a log's first entries, read in batches by several threads at once, while whoever asks puts them together. */
final class LeafHashes {
    private static final int BATCH = 2_048;
    /** Enough that no thread ever waits for the one that puts them together. */
    private static final int AHEAD = 4;

    private LeafHashes() {}

    /**
     * The tree over the log's first entries, or over fewer where it has no more.
     *
     * @param size how many
     * @param readers the threads that read
     * @throws RegistryStorageException if the log cannot be read
     */
    static MerkleTree tree(RegistryLog log, long size, Executor readers) {
        MerkleTree tree = MerkleTree.empty();
        Queue<CompletableFuture<List<TreeHash>>> ahead = new ArrayDeque<>();
        long asked = 0;
        while (tree.size() < size) {
            while (asked < size && ahead.size() < AHEAD) {
                long from = asked;
                int limit = (int) Math.min(BATCH, size - from);
                ahead.add(CompletableFuture.supplyAsync(() -> log.hashes(from, limit), readers));
                asked += limit;
            }
            CompletableFuture<List<TreeHash>> next = ahead.poll();
            List<TreeHash> leaves = next == null ? List.of() : join(next);
            if (leaves.isEmpty()) {
                return tree;
            }
            tree = tree.appendAll(leaves);
        }
        return tree;
    }

    private static List<TreeHash> join(CompletableFuture<List<TreeHash>> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }
}
