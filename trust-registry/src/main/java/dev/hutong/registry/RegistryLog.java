package dev.hutong.registry;

import dev.hutong.registry.merkle.TreeHash;
import java.util.List;

/**
 * The append-only list of registry events, the only durable truth. One append is one transaction: all of its entries are kept or none.
 * Every method throws {@link RegistryStorageException} where the store fails, within seconds, and works again by itself once the cause
 * is gone. Safe for use by any number of threads, and by any number of logs of one store in as many processes.
 */
public interface RegistryLog extends AutoCloseable {
    /**
     * At most {@code limit} entries in order, beginning with the one at {@code fromIndex} (from 0); fewer where the log ends.
     *
     * @throws IllegalArgumentException if either is negative
     */
    List<LogEntry> read(long fromIndex, int limit);

    /**
     * The hashes of the entries that {@link #read} would give, which are not decoded for it.
     *
     * @throws IllegalArgumentException if either is negative
     */
    default List<TreeHash> hashes(long fromIndex, int limit) {
        return read(fromIndex, limit).stream().map(LogEntry::hash).toList();
    }

    /** How many entries there are; the next one's index. */
    long size();

    /**
     * Appends these leaves, each one event's canonical text, if the log still has the expected size.
     *
     * @param expectedSize the size that the writer's decision was based on
     * @throws IllegalArgumentException if there are no leaves
     * @throws UncertainAppendException if the connection broke in the very moment of the commit, so that the leaves may have been kept, all
     *     of them: read on before appending them again, as the expected size demands anyway
     * @throws RegistryStorageException if the store fails otherwise: nothing was kept
     */
    AppendResult append(long expectedSize, List<String> leaves);

    /**
     * Tries whether an append would be kept: writes as much as a large one, and takes it back. The log is as before, whatever comes of it.
     *
     * @throws RegistryStorageException if it would not
     */
    void tryAppending();

    @Override
    void close();

    /** What became of an append. */
    sealed interface AppendResult {}

    /** All leaves are kept, durably. */
    record Appended(long newSize) implements AppendResult {}

    /** Somebody else appended first; nothing was kept. */
    record Conflict(long actualSize) implements AppendResult {}
}
