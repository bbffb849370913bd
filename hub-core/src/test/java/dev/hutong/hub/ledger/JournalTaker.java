package dev.hutong.hub.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that opens a journal and brings it into a store that keeps nothing but their number. */
final class JournalTaker implements BlockStore {
    private long taken;

    private JournalTaker() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        try (Journal journal = Journal.open(Path.of(arguments[0]), Long.MAX_VALUE)) {
            long waiting = journal.blocks();
            JournalTaker store = new JournalTaker();
            journal.drainInto(store);
            System.out.print("waiting " + waiting + ", taken " + store.taken + "\n");
        }
    }

    @Override
    public void append(List<Block> blocks) {
        taken += blocks.size();
    }

    @Override
    public Optional<Block> head(String node) {
        return Optional.empty();
    }

    @Override
    public List<String> nodes() {
        return List.of();
    }

    @Override
    public List<Block> read(String node, long from, int limit) {
        return List.of();
    }

    @Override
    public Optional<Long> firstReaching(String node, String id) {
        return Optional.empty();
    }

    @Override
    public List<Block> holding(String id) {
        return List.of();
    }

    @Override
    public List<Block> ofKind(String kind, List<String> subjects, int limit) {
        return List.of();
    }

    @Override
    public void close() {}
}
