package dev.hutong.hub.ledger;

import dev.hutong.registry.jose.CompactJwsSigner;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The end of a node's chain: signs the next block, and knows it as the end once it has been kept. For one thread at a time. */
final class Chain {
    private final String hub;
    private final CompactJwsSigner signer;
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
        return new Block(
                node(),
                next,
                records.firstId(),
                records.lastId(),
                signer.sign(BlockHeader.TYPE, header.toJson()),
                records.records(),
                records.events());
    }

    /** This block is the end now. */
    void kept(Block block) {
        next = block.number() + 1;
        previous = block.hash();
    }
}
