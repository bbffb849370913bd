package dev.hutong.hub.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.jose.StrictJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds records in the blocks of all nodes that share the store. Blocks. */
public final class LedgerReader {
    private static final int MOST_BLOCKS = 256;
    /** Blocks that are in memory at once. */
    private static final int PAGE = 64;
    /** How much later than its id a decision may be made; platforms are asked for seconds. */
    private static final Duration LONGEST_WAY = Duration.ofHours(1);

    private final BlockStore store;

    public LedgerReader(BlockStore store) {
        this.store = store;
    }

    /**
     * A record, and where it stands.
     *
     * @param octets exactly as they were hashed
     * @param index its place in the block, from 0
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared and never changed.
    public record Found(Block block, int index, byte[] octets, JsonNode json) {
        /** What proves it to somebody else. */
        public RecordProof proof() {
            return RecordProof.of(this);
        }
    }

    /** The record of this id; empty where there is none. */
    public Optional<Found> find(String id) {
        if (!Ulids.isId(id)) {
            return Optional.empty();
        }
        return store.holding(id).stream()
                .flatMap(block -> records(block).stream())
                .filter(found -> found.json().path("id").asText().equals(id))
                .findFirst();
    }

    /** Appeals against what these issuers asserted, newest first, of the latest blocks that hold any. */
    public List<JsonNode> appeals(List<String> issuers) {
        List<JsonNode> appeals = new ArrayList<>();
        for (Block block : store.ofKind(LedgerRecord.APPEAL, issuers, MOST_BLOCKS)) {
            records(block).stream()
                    .map(Found::json)
                    .filter(json -> json.path("kind").asText().equals(LedgerRecord.APPEAL)
                            && issuers.contains(json.path("issuer").asText()))
                    .forEach(appeals::add);
        }
        return appeals;
    }

    /** Gives every record that is wanted to {@code use}: node by node, in the order of its chain. */
    public void scan(RecordFilter filter, Consumer<Found> use) {
        for (String node : store.nodes()) {
            Optional<Long> first = filter.from()
                    .map(from -> store.firstReaching(node, Ulids.smallestAt(from.minus(LONGEST_WAY))))
                    .orElse(Optional.of(0L));
            if (first.isPresent()) {
                scan(node, first.get(), filter, use);
            }
        }
    }

    private void scan(String node, long first, RecordFilter filter, Consumer<Found> use) {
        long from = first;
        for (List<Block> page = store.read(node, from, PAGE); !page.isEmpty(); page = store.read(node, from, PAGE)) {
            page.stream()
                    .flatMap(block -> records(block).stream())
                    .filter(found -> filter.matches(found.json()))
                    .forEach(use);
            from = page.getLast().number() + 1;
        }
    }

    /** The records of a block, in their order. What is no JSON is told by a verification, and passed over here. */
    public static List<Found> records(Block block) {
        List<Found> records = new ArrayList<>();
        List<byte[]> leaves = block.leaves();
        for (int i = 0; i < leaves.size(); i++) {
            int index = i;
            StrictJson.read(leaves.get(i))
                    .ifPresent(json -> records.add(new Found(block, index, leaves.get(index), json)));
        }
        return records;
    }
}
