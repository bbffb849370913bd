package dev.hutong.hub.ledger;

import java.util.List;
import java.util.Optional;

/** Where blocks are kept for good. Every method blocks, and throws {@link LedgerStoreException} where the store does not work. */
public interface BlockStore extends AutoCloseable {
    /** Another block stands where one was to be: somebody else writes this chain. */
    final class ConflictException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ConflictException(String message) {
            super(message);
        }
    }

    /** The newest block of a node's chain; empty where it has none. */
    Optional<Block> head(String node);

    /**
     * Adds blocks of one node's chain, all or none. On the disk when it returns. Those that are there already are passed over, so that
     * what may have been kept can be added once more.
     *
     * @param blocks one or more, without a gap
     * @throws ConflictException where another block has the number of one of them
     */
    void append(List<Block> blocks);

    /** Whose chains there are. */
    List<String> nodes();

    /** Blocks of a node's chain from this number on, in their order, at most so many. */
    List<Block> read(String node, long from, int limit);

    /** The number of the first block of a node's chain that may hold an id this great or greater; empty where none does. */
    Optional<Long> firstReaching(String node, String id);

    /** The blocks that may hold the record of this id: usually one. */
    List<Block> holding(String id);

    /** The blocks that hold records of this kind, newest records first, at most so many. */
    List<Block> ofKind(String kind, List<String> subjects, int limit);

    @Override
    void close();
}
