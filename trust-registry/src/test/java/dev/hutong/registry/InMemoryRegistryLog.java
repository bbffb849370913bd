package dev.hutong.registry;

import java.util.ArrayList;
import java.util.List;

/** A registry log for tests that lasts as long as the test, and can be made to fail, to race and to lie. */
final class InMemoryRegistryLog implements RegistryLog {
    private final List<String> leaves = new ArrayList<>();
    boolean broken;
    /** Takes nothing, and can be read. */
    boolean full;

    boolean closed;
    /** Fails from the next append on that it keeps. */
    boolean breaksOnceKept;
    /** Runs once, before the next append looks at the size: another hub that is faster. */
    Runnable beforeAppend = () -> {};

    synchronized void put(String leaf) {
        leaves.add(leaf);
    }

    synchronized void truncate(int size) {
        leaves.subList(size, leaves.size()).clear();
    }

    @Override
    public synchronized List<LogEntry> read(long fromIndex, int limit) {
        failWhereBroken();
        if (fromIndex < 0 || limit < 0) {
            throw new IllegalArgumentException("No entries from " + fromIndex + " on, at most " + limit);
        }
        List<LogEntry> entries = new ArrayList<>();
        for (int i = (int) fromIndex; i < leaves.size() && entries.size() < limit; i++) {
            entries.add(new LogEntry(i, leaves.get(i)));
        }
        return entries;
    }

    @Override
    public synchronized long size() {
        failWhereBroken();
        return leaves.size();
    }

    @Override
    public synchronized AppendResult append(long expectedSize, List<String> more) {
        failWhereBroken();
        if (more.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to append");
        }
        Runnable other = beforeAppend;
        beforeAppend = () -> {};
        other.run();
        if (leaves.size() != expectedSize) {
            return new Conflict(leaves.size());
        }
        failWhereFull();
        leaves.addAll(more);
        broken |= breaksOnceKept;
        return new Appended(leaves.size());
    }

    @Override
    public synchronized void tryAppending() {
        failWhereBroken();
        failWhereFull();
    }

    private void failWhereFull() {
        if (full) {
            throw new RegistryStorageException("The test filled the disk");
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private void failWhereBroken() {
        if (broken) {
            throw new RegistryStorageException("The test pulled the plug");
        }
    }
}
