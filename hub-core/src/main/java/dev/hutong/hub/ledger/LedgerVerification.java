package dev.hutong.hub.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.snapshot.HubSignatures;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one node's chain from its first block on, believing nothing but the key: that no block is missing, that each names the one
 * before, that the hub signed each header, and that the records are those it signed. Fed block by block, in their order.
 *
 * <p>The node's name is the thumbprint of the key, and the first record of the chain holds the key itself; whoever wants to know whose
 * chain it is compares the name with the hub's operator. What a chain by itself does not show is an end that was cut off: whoever kept the
 * {@link ChainEnd} of an earlier verification sees it, and so does whoever holds a proof of a record beyond the end.
 */
public final class LedgerVerification {
    /** Blocks that are in memory at once. */
    private static final int PAGE = 64;

    private final String node;
    private final SignatureProviders providers;
    private final @Nullable ChainEnd seen;
    private @Nullable HubSignatures signatures;
    private @Nullable Block end;
    private long blocks;
    private long records;
    private @Nullable BlockHeader last;

    /** What is wrong with the first bad block. */
    public record Fault(String node, long block, String why) {}

    /**
     * What was verified.
     *
     * @param lastAt the latest time of the last block; empty where there is none
     * @param end the last block's; empty where there is none
     */
    public record Extent(String node, long blocks, long records, Optional<Instant> lastAt, Optional<ChainEnd> end) {}

    /** @param seen the end that the chain had when it was last verified; null where nobody knows one */
    private LedgerVerification(String node, @Nullable ChainEnd seen, SignatureProviders providers) {
        this.node = node;
        this.seen = seen;
        this.providers = providers;
    }

    /**
     * Verifies every chain in a store, and what waits in a journal behind its end.
     *
     * @param waiting read before the store is: a block that is taken up meanwhile is met in one of the two
     * @param seen the ends that chains had when they were last verified
     * @return what is wrong with the first bad block of each chain that has one, and how far each chain is sound
     */
    public static Verdict verify(
            BlockStore store, List<Block> waiting, List<ChainEnd> seen, SignatureProviders providers) {
        Map<String, ChainEnd> nodeToSeen = new HashMap<>();
        seen.forEach(end -> nodeToSeen.put(end.node(), end));
        Set<String> nodes = new LinkedHashSet<>(store.nodes());
        waiting.forEach(block -> nodes.add(block.node()));
        seen.forEach(end -> nodes.add(end.node()));

        List<Fault> faults = new ArrayList<>();
        List<Extent> extents = new ArrayList<>();
        for (String node : nodes) {
            LedgerVerification chain = new LedgerVerification(node, nodeToSeen.get(node), providers);
            chain.takeAll(store, waiting).or(chain::faultInEnd).ifPresent(faults::add);
            extents.add(chain.extent());
        }
        return new Verdict(List.copyOf(extents), List.copyOf(faults));
    }

    /** What a verification came to: how far each chain is sound, and the first fault of each that has one. */
    public record Verdict(List<Extent> extents, List<Fault> faults) {}

    private Optional<Fault> takeAll(BlockStore store, List<Block> waiting) {
        for (List<Block> page = store.read(node, next(), PAGE);
                !page.isEmpty();
                page = store.read(node, next(), PAGE)) {
            Optional<Fault> fault = takeEach(page);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return takeEach(waiting.stream()
                .filter(block -> block.node().equals(node) && block.number() >= next())
                .toList());
    }

    private Optional<Fault> takeEach(List<Block> some) {
        return some.stream().flatMap(block -> take(block).stream()).findFirst();
    }

    /** What is wrong with where the chain ends; to be asked once all its blocks have been taken. */
    private Optional<Fault> faultInEnd() {
        return seen == null || seen.number() < blocks
                ? Optional.empty()
                : Optional.of(new Fault(
                        node,
                        blocks,
                        "it is missing, and all behind it: when the chain was last verified it ended with block "
                                + seen.number()));
    }

    /** How far it came. */
    private Extent extent() {
        return new Extent(
                node,
                blocks,
                records,
                Optional.ofNullable(last).map(BlockHeader::lastAt),
                Optional.ofNullable(end).map(block -> new ChainEnd(node, block.number(), block.header())));
    }

    /** The number of the block that is to come next. */
    private long next() {
        return blocks;
    }

    /** Takes the next block; says what is wrong with it, and is of no more use then. */
    private Optional<Fault> take(Block block) {
        return faultIn(block).map(why -> new Fault(node, blocks, why));
    }

    private Optional<String> faultIn(Block block) {
        if (!block.node().equals(node) || block.number() != blocks) {
            return Optional.of("it is missing: the next that is there is block " + block.number());
        }
        List<LedgerReader.Found> found = LedgerReader.records(block);
        if (signatures == null) {
            Optional<String> noKey = takeKey(found);
            if (noKey.isPresent()) {
                return noKey;
            }
        }
        return switch (Objects.requireNonNull(signatures).read(block.header(), BlockHeader.TYPE)) {
            case HubSignatures.Reading.Refused refused -> Optional.of("its header is refused: " + refused.reason());
            case HubSignatures.Reading.Signed(JsonNode payload) -> {
                Optional<BlockHeader> header = BlockHeader.read(payload);
                yield header.isEmpty()
                        ? Optional.of("what the hub signed is no header of a block")
                        : faultIn(block, header.get(), found);
            }
        };
    }

    private Optional<String> takeKey(List<LedgerReader.Found> records) {
        JsonNode opened = records.isEmpty() ? null : records.getFirst().json();
        if (opened == null
                || !opened.path("kind").asText().equals("opened")
                || !(PublicJwk.parse(opened.path("key")) instanceof KeyAdmission.Admitted<PublicJwk>(PublicJwk key))) {
            return Optional.of("it does not begin with the hub's key");
        }
        if (!key.kid().equals(node)) {
            return Optional.of("it begins with the key " + key.kid() + ", and the chain is that of " + node);
        }
        signatures = new HubSignatures(key, providers);
        return Optional.empty();
    }

    private Optional<String> faultIn(Block block, BlockHeader header, List<LedgerReader.Found> found) {
        if (header.number() != block.number() || !header.node().equals(node)) {
            return Optional.of(
                    "the header that stands there is that of block " + header.number() + " of " + header.node());
        }
        if (!Objects.equals(header.previous(), end == null ? null : end.hash())) {
            return Optional.of("it does not follow the block before it: that one was exchanged");
        }
        if (seen != null && seen.number() == block.number() && !seen.header().equals(block.header())) {
            return Optional.of("it is another one than when the chain was last verified: " + whoSigned(seen));
        }
        if (!header.firstId().equals(block.firstId()) || !header.lastId().equals(block.lastId())) {
            return Optional.of("it is filed under other ids than the hub signed");
        }
        if (header.count() != block.leaves().size()
                || !block.tree().root().toBase64().equals(header.root())) {
            return Optional.of("its records are not those that the hub signed");
        }
        if (found.size() != header.count() || !found.stream().allMatch(record -> isWithin(record.json(), header))) {
            return Optional.of("a record of it is none, or is outside the times of its header");
        }
        end = block;
        blocks++;
        records += header.count();
        last = header;
        return Optional.empty();
    }

    /** Whether it is the hub that contradicts itself, or whoever kept the file. */
    private String whoSigned(ChainEnd other) {
        return Objects.requireNonNull(signatures).read(other.header(), BlockHeader.TYPE)
                        instanceof HubSignatures.Reading.Signed
                ? "the hub signed both"
                : "but the hub did not sign what was kept of that";
    }

    private static boolean isWithin(JsonNode record, BlockHeader header) {
        try {
            String id = record.path("id").asText();
            Instant at = Instant.parse(record.path("at").asText());
            return id.compareTo(header.firstId()) >= 0
                    && id.compareTo(header.lastId()) <= 0
                    && !at.isBefore(header.firstAt())
                    && !at.isAfter(header.lastAt());
        } catch (DateTimeException noTime) {
            return false;
        }
    }
}
