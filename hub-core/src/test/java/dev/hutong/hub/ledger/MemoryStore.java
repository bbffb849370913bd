package dev.hutong.hub.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Blocks in memory, in one chain, which can be told to fail before it keeps a block or, as when an answer is lost, after. */
final class MemoryStore implements BlockStore {
    enum Failing {
        NEVER,
        BEFORE_KEEPING,
        /** As a full disk: what is there can be read. */
        NOT_WRITING,
        AFTER_KEEPING
    }

    final List<Block> blocks = new ArrayList<>();
    volatile Failing failing = Failing.NEVER;

    @Override
    public Optional<Block> head(String node) {
        requireReachable();
        return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks.getLast());
    }

    private void requireReachable() {
        if (failing != Failing.NEVER && failing != Failing.NOT_WRITING) {
            throw new LedgerStoreException("the store is gone");
        }
    }

    @Override
    public void append(List<Block> some) {
        if (failing == Failing.BEFORE_KEEPING || failing == Failing.NOT_WRITING) {
            throw new LedgerStoreException("the store is gone");
        }
        for (Block block : some) {
            if (block.number() > blocks.size()) {
                throw new ConflictException("a gap");
            }
            if (block.number() == blocks.size()) {
                blocks.add(block);
            } else if (!blocks.get((int) block.number()).header().equals(block.header())) {
                throw new ConflictException("another block");
            }
        }
        if (failing == Failing.AFTER_KEEPING) {
            throw new LedgerStoreException("the answer was lost");
        }
    }

    @Override
    public List<String> nodes() {
        return blocks.stream().map(Block::node).distinct().toList();
    }

    @Override
    public List<Block> read(String node, long from, int limit) {
        return blocks.stream().skip(from).limit(limit).toList();
    }

    @Override
    public Optional<Long> firstReaching(String node, String id) {
        return blocks.stream()
                .filter(block -> block.node().equals(node) && block.lastId().compareTo(id) >= 0)
                .map(Block::number)
                .findFirst();
    }

    @Override
    public List<Block> holding(String id) {
        return List.copyOf(blocks);
    }

    @Override
    public List<Block> ofKind(String kind, List<String> subjects, int limit) {
        return List.of();
    }

    @Override
    public void close() {}
}
