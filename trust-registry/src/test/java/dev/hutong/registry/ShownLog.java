package dev.hutong.registry;

import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.monitor.LogSource;
import dev.hutong.registry.tlog.CheckpointText;
import dev.hutong.registry.tlog.EntryBundle;
import dev.hutong.registry.tlog.NoteSigner;
import dev.hutong.registry.tlog.Parsed;
import dev.hutong.registry.tlog.SignedCheckpoint;
import dev.hutong.registry.tlog.TilePath;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A log as it is shown to a stranger: consistent in itself and signed, and then with whatever pieces the test replaces. */
final class ShownLog implements LogSource {
    final Map<String, byte[]> pathToForgery = new HashMap<>();
    final Set<String> silent = new HashSet<>();
    final Set<String> absent = new HashSet<>();
    private final List<byte[]> leaves;
    private final MerkleTree tree;
    private final SignedCheckpoint checkpoint;

    ShownLog(List<String> leaves, String origin, PrivateJwk key) {
        this.leaves = leaves.stream()
                .map(leaf -> leaf.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.tree = MerkleTree.empty()
                .appendAll(this.leaves.stream().map(TreeHash::ofLeaf).toList());
        this.checkpoint = SignedCheckpoint.sign(
                new CheckpointText(origin, tree.checkpoint()), new NoteSigner(origin, key, Fixtures.PROVIDERS));
    }

    static ShownLog of(InMemoryRegistryLog log) {
        return new ShownLog(leavesOf(log), FoundedRegistry.ORIGIN, FoundedRegistry.LOG_KEY);
    }

    static List<String> leavesOf(InMemoryRegistryLog log) {
        return log.read(0, Integer.MAX_VALUE).stream().map(LogEntry::leaf).toList();
    }

    SignedCheckpoint checkpoint() {
        return checkpoint;
    }

    ShownLog forging(String path, byte[] octets) {
        pathToForgery.put(path, octets);
        return this;
    }

    byte[] octets(String path) {
        return ((Found) fetch(path, Integer.MAX_VALUE)).octets();
    }

    @Override
    public Piece fetch(String path, int limit) {
        if (silent.contains(path)) {
            return new NoAnswer("the test pulled the plug");
        }
        if (absent.contains(path)) {
            return new Absent("404");
        }
        if (pathToForgery.containsKey(path)) {
            return new Found(pathToForgery.get(path));
        }
        if (path.equals("checkpoint")) {
            return new Found(checkpoint.octets());
        }
        return switch (((Parsed.Valid<TilePath>) TilePath.parse(path)).value()) {
            case TilePath.OfHashes tile ->
                new Found(tree.tile(tile.level(), tile.index(), tile.width()).orElseThrow());
            case TilePath.OfEntries bundle -> {
                int first = (int) bundle.index() * TilePath.FULL_WIDTH;
                yield new Found(EntryBundle.write(leaves.subList(first, first + bundle.width())));
            }
        };
    }
}
