package dev.hutong.hub.ledger;

import dev.hutong.registry.jose.CompactJwsSigner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a node's chain: signs the next block, and knows it as the end once it has been kept. For one thread at a time.
 *
 * <p>A block whose writing failed may turn up in the store all the same, for as long as the database works on what a lost connection had
 * brought. So the chain knows what it signed since its last block that was kept, as far back as that is plausible.
 */
final class Chain {
    /** A minute of attempts, of which the attendant makes two a second. */
    private static final int MOST_ATTEMPTS = 120;

    private final String hub;
    private final CompactJwsSigner signer;
    private final Deque<String> attemptedHeaders = new ArrayDeque<>();
    private long next;
    private @Nullable String previous;

    /** @param hub the hub's name */
    Chain(String hub, CompactJwsSigner signer) {
        this.hub = hub;
        this.signer = signer;
    }

    /** Whose chain it is. */
    String node() {
        return signer.key().kid();
    }

    /** Goes on from this block, or from the beginning. */
    void goOnFrom(Optional<Block> head) {
        next = head.map(block -> block.number() + 1).orElse(0L);
        previous = head.map(Block::hash).orElse(null);
    }

    /**
     * Whether the store's end shows that somebody else writes this chain: a block that was not signed here stands where this end, or the
     * block after it, would be. An end that lies before is this chain's own, of a store that was restored from a backup.
     */
    boolean isContinuedByAnother(Optional<Block> head) {
        return head.filter(block -> block.number() + 1 >= next)
                .filter(block -> !block.hash().equals(previous) && !attemptedHeaders.contains(block.header()))
                .isPresent();
    }

    /** What to do where somebody else writes this chain. */
    String takenByAnother() {
        return "Another hub writes the chain " + node() + " of this one: it has a copy of this hub's hub-key.jwk.json."
                + " Each hub needs a key of its own: stop this one, move that file out of its data folder, and start it again.";
    }

    /** How many blocks there are. */
    long size() {
        return next;
    }

    /** The next block, of these records. Not the end of the chain before {@link #kept}. */
    Block sign(RecordBuffer records) {
        BlockHeader header = new BlockHeader(
                hub,
                node(),
                next,
                previous,
                records.count(),
                records.root(),
                records.firstAt(),
                records.lastAt(),
                records.firstId(),
                records.lastId());
        Block block = new Block(
                node(),
                next,
                records.firstId(),
                records.lastId(),
                signer.sign(BlockHeader.TYPE, header.toJson()),
                records.records(),
                records.events());
        attempted(block);
        return block;
    }

    private void attempted(Block block) {
        if (attemptedHeaders.size() == MOST_ATTEMPTS) {
            attemptedHeaders.removeFirst();
        }
        attemptedHeaders.addLast(block.header());
    }

    /** This block is the end now. */
    void kept(Block block) {
        next = block.number() + 1;
        previous = block.hash();
        attemptedHeaders.clear();
    }
}
