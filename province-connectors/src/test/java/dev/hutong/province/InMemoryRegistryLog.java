package dev.hutong.province;

import dev.hutong.registry.LogEntry;
import dev.hutong.registry.RegistryLog;
import java.util.ArrayList;
import java.util.List;

/** A registry log that lasts as long as the test. For one thread. */
final class InMemoryRegistryLog implements RegistryLog {
    private final List<String> leaves = new ArrayList<>();

    @Override
    public List<LogEntry> read(long fromIndex, int limit) {
        List<LogEntry> entries = new ArrayList<>();
        for (int i = (int) fromIndex; i < leaves.size() && entries.size() < limit; i++) {
            entries.add(new LogEntry(i, leaves.get(i)));
        }
        return entries;
    }

    @Override
    public long size() {
        return leaves.size();
    }

    @Override
    public AppendResult append(long expectedSize, List<String> more) {
        if (leaves.size() != expectedSize) {
            return new Conflict(leaves.size());
        }
        leaves.addAll(more);
        return new Appended(leaves.size());
    }

    @Override
    public void tryAppending() {}

    @Override
    public void close() {}
}
