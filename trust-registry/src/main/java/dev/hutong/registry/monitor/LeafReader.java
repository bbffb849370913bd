package dev.hutong.registry.monitor;

import dev.hutong.registry.LogEntry;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.monitor.LogSource.Absent;
import dev.hutong.registry.monitor.LogSource.Found;
import dev.hutong.registry.monitor.LogSource.NoAnswer;
import dev.hutong.registry.tlog.EntryBundle;
import dev.hutong.registry.tlog.Parsed;
import dev.hutong.registry.tlog.TilePath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a log's entries, bundle after bundle, each beside the tile of hashes that should belong to it. For one thread. */
final class LeafReader {
    /** 256 entries of the greatest length, each with the two octets of its length. */
    private static final int LARGEST_BUNDLE = TilePath.FULL_WIDTH * (2 + EntryBundle.MAX_LEAF_OCTETS);

    static final int LARGEST_TILE = TilePath.FULL_WIDTH * TreeHash.WIDTH;

    private final LogSource source;
    private final Consumer<Finding> findings;

    LeafReader(LogSource source, Consumer<Finding> findings) {
        this.source = source;
        this.findings = findings;
    }

    /** What became of reading a bundle. */
    sealed interface Read {}

    /**
     * All its entries.
     *
     * @param entries those whose leaves are text, from the bundle's first on
     * @param hashes of all leaves
     */
    record Bundle(List<LogEntry> entries, List<TreeHash> hashes) implements Read {}

    /** The log does not have it, or something else in its place; the finding was told. */
    record Missing() implements Read {}

    /** The log does not answer. */
    record NoAnswerAt(String why) implements Read {}

    /** Reads a bundle, and tells every entry of it whose hash is not that in the tile. */
    Read read(long index, int width) throws InterruptedException {
        return switch (source.fetch(new TilePath.OfEntries(index, width).toString(), LARGEST_BUNDLE)) {
            case NoAnswer(String why) -> new NoAnswerAt(why);
            case Absent(String why) -> {
                findings.accept(
                        Finding.at(index * TilePath.FULL_WIDTH, "the log does not show it and those after it: " + why));
                yield new Missing();
            }
            case Found(byte[] octets) -> bundle(index, width, octets);
        };
    }

    private Read bundle(long index, int width, byte[] octets) throws InterruptedException {
        long first = index * TilePath.FULL_WIDTH;
        return switch (EntryBundle.parse(octets)) {
            case Parsed.Malformed<List<byte[]>>(String reason) -> {
                findings.accept(Finding.at(first, "its bundle cannot be read: " + reason));
                yield new Missing();
            }
            case Parsed.Valid<List<byte[]>>(List<byte[]> leaves)
            when leaves.size() != width -> {
                findings.accept(
                        Finding.at(first, "its bundle holds " + leaves.size() + " entries instead of " + width));
                yield new Missing();
            }
            case Parsed.Valid<List<byte[]>>(List<byte[]> leaves) -> {
                List<TreeHash> hashes = leaves.stream().map(TreeHash::ofLeaf).toList();
                Optional<String> silence = compareWithTile(new TilePath.OfHashes(0, index, width), hashes);
                yield silence.isPresent() ? new NoAnswerAt(silence.get()) : new Bundle(entries(first, leaves), hashes);
            }
        };
    }

    /** Why the log did not answer, or empty where it did, whatever it answered. */
    private Optional<String> compareWithTile(TilePath tile, List<TreeHash> hashes) throws InterruptedException {
        return switch (source.fetch(tile.toString(), LARGEST_TILE)) {
            case NoAnswer(String why) -> Optional.of(why);
            case Absent(String why) -> {
                findings.accept(Finding.of(tile + ": the log does not have it: " + why));
                yield Optional.empty();
            }
            case Found(byte[] octets) -> {
                compare(tile, octets, hashes);
                yield Optional.empty();
            }
        };
    }

    private void compare(TilePath tile, byte[] octets, List<TreeHash> hashes) {
        if (octets.length != hashes.size() * TreeHash.WIDTH) {
            findings.accept(Finding.of(
                    tile + ": it has " + octets.length + " octets instead of " + hashes.size() * TreeHash.WIDTH));
            return;
        }
        byte[] one = new byte[TreeHash.WIDTH];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(octets, i * TreeHash.WIDTH, one, 0, one.length);
            if (!TreeHash.of(one).equals(hashes.get(i))) {
                findings.accept(Finding.at(
                        tile.index() * TilePath.FULL_WIDTH + i,
                        "what is shown is not what " + tile + " has the hash of"));
            }
        }
    }

    /** Up to the first leaf that is no UTF-8: that one is told, and nothing after it could be replayed. */
    private List<LogEntry> entries(long first, List<byte[]> leaves) {
        List<LogEntry> entries = new ArrayList<>(leaves.size());
        for (byte[] leaf : leaves) {
            long index = first + entries.size();
            try {
                entries.add(new LogEntry(
                        index,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(leaf))
                                .toString()));
            } catch (CharacterCodingException notUtf8) {
                findings.accept(Finding.at(index, "it is not UTF-8"));
                return List.copyOf(entries);
            }
        }
        return List.copyOf(entries);
    }
}
