package dev.hutong.registry.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * The RFC 6962 tree over a growing list of leaves, kept as its compact range: the roots of the perfect subtrees that the size's binary
 * digits name, largest first. A tree of n leaves holds at most log₂ n + 1 hashes.
 *
 * <p>Immutable: {@link #append} gives the next tree. Appending hashes once per carry of the size's increment, O(1) amortised.
 */
public final class MerkleTree {
    private static final MerkleTree EMPTY = new MerkleTree(0, List.of());

    private final long size;
    private final List<TreeHash> perfectRoots;

    private MerkleTree(long size, List<TreeHash> perfectRoots) {
        this.size = size;
        this.perfectRoots = perfectRoots;
    }

    /** The tree without leaves. */
    public static MerkleTree empty() {
        return EMPTY;
    }

    /** The tree with one leaf more, given by its hash ({@link TreeHash#ofLeaf}). */
    public MerkleTree append(TreeHash leaf) {
        List<TreeHash> roots = new ArrayList<>(perfectRoots);
        TreeHash merged = leaf;
        // Every trailing one of the size is a perfect subtree as large as the one being built: they merge.
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            merged = TreeHash.ofNode(roots.removeLast(), merged);
        }
        roots.add(merged);
        return new MerkleTree(size + 1, List.copyOf(roots));
    }

    /** How many leaves. */
    public long size() {
        return size;
    }

    /** The tree head hash, MTH of RFC 6962 §2.1. */
    public TreeHash root() {
        if (perfectRoots.isEmpty()) {
            return TreeHash.ofEmptyTree();
        }
        TreeHash root = perfectRoots.getLast();
        for (int i = perfectRoots.size() - 2; i >= 0; i--) {
            root = TreeHash.ofNode(perfectRoots.get(i), root);
        }
        return root;
    }

    /** The size and the root, together. */
    public Checkpoint checkpoint() {
        return new Checkpoint(size, root());
    }
}
