package dev.hutong.registry;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The entries of a log in their order, in batches. While whoever asks works on one batch, the next is read, decoded and hashed on the other
 * cores. For one thread.
 */
final class ReadAhead {
    static final int BATCH = 4_096;

    private final RegistryLog log;
    private long begin;
    private CompletableFuture<List<DecodedEntry>> next;

    /** @param begin the first entry's index */
    ReadAhead(RegistryLog log, long begin) {
        this.log = log;
        this.begin = begin;
        this.next = CompletableFuture.completedFuture(read(begin));
    }

    /**
     * The next batch; empty at the end.
     *
     * @throws CorruptRegistryException if an entry is no event
     * @throws RegistryStorageException if the log cannot be read
     */
    List<DecodedEntry> next() {
        List<DecodedEntry> batch = join();
        begin += batch.size();
        long from = begin;
        next = batch.size() == BATCH
                ? CompletableFuture.supplyAsync(() -> read(from))
                : CompletableFuture.completedFuture(List.of());
        return batch;
    }

    private List<DecodedEntry> join() {
        try {
            return next.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private List<DecodedEntry> read(long from) {
        return log.read(from, BATCH).parallelStream().map(DecodedEntry::of).toList();
    }
}
