package dev.hutong.registry.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The RFC 6962 tree over a growing list of leaves: a view of it at one size, which proves what it holds and gives out its tiles.
 *
 * <p>Immutable: {@link #append} gives the next view and changes nothing that any other view sees. Views of one history share their
 * hashes, 64 octets a leaf, and any number of threads may read any of them while one appends; {@link HashTiles} says why.
 */
public final class MerkleTree {
    private static final int BITS_PER_TILE_LEVEL = 8;
    private static final int MAX_TILE_LEVEL = 63;

    private final HashTiles tiles;
    private final long size;

    private MerkleTree(HashTiles tiles, long size) {
        this.tiles = tiles;
        this.size = size;
    }

    /** The tree without leaves. */
    public static MerkleTree empty() {
        return new MerkleTree(HashTiles.empty(), 0);
    }

    /** The tree with one leaf more, given by its hash ({@link TreeHash#ofLeaf}). O(1) amortised on the newest view of a history. */
    public MerkleTree append(TreeHash leaf) {
        return appendAll(List.of(leaf));
    }

    /** The tree with these leaves more, given by their hashes, in their order. */
    public MerkleTree appendAll(List<TreeHash> leaves) {
        return leaves.isEmpty() ? this : new MerkleTree(tiles.append(size, leaves), size + leaves.size());
    }

    /** How many leaves. */
    public long size() {
        return size;
    }

    /** The tree head hash, MTH of RFC 6962 §2.1. At most log₂ {@link #size} hashes are computed. */
    public TreeHash root() {
        return checkpoint().root();
    }

    /** The size and the root, together. */
    public Checkpoint checkpoint() {
        return checkpointAt(size);
    }

    /**
     * The checkpoint of this log when it had so many leaves.
     *
     * @throws IndexOutOfBoundsException if it is below 0 or above {@link #size}
     */
    public Checkpoint checkpointAt(long size) {
        Objects.checkFromToIndex(0, size, this.size);
        return new Checkpoint(size, size == 0 ? TreeHash.ofEmptyTree() : root(0, size));
    }

    /**
     * PATH of RFC 6962 §2.1.1: the hashes that lead from the leaf to the root of the tree of that size, lowest first.
     *
     * @param index the leaf's, from 0
     * @throws IndexOutOfBoundsException unless 0 ≤ index &lt; size ≤ {@link #size}
     */
    public List<TreeHash> inclusionProof(long index, long size) {
        Objects.checkFromToIndex(0, size, this.size);
        Objects.checkIndex(index, size);
        List<TreeHash> proof = new ArrayList<>();
        path(index, 0, size, proof);
        return List.copyOf(proof);
    }

    /**
     * PROOF of RFC 6962 §2.1.2: what shows that the tree of the larger size begins with the whole tree of the smaller. Empty where
     * there is nothing to show: from 0, and from a size to itself.
     *
     * @throws IndexOutOfBoundsException unless 0 ≤ from ≤ to ≤ {@link #size}
     */
    public List<TreeHash> consistencyProof(long from, long to) {
        Objects.checkFromToIndex(0, to, this.size);
        Objects.checkFromToIndex(0, from, to);
        if (from == 0) {
            return List.of();
        }
        List<TreeHash> proof = new ArrayList<>();
        subproof(from, 0, to, true, proof);
        return List.copyOf(proof);
    }

    /**
     * A tile as C2SP tlog-tiles serves it: hashes end to end, 32 octets each.
     *
     * @param level of the tile, 0 to 63; its hashes are roots over 256^level leaves
     * @param index of the tile in its level, from 0
     * @param width how many hashes, 1 to 256, from the tile's first
     * @return empty where this view does not have so many
     */
    public Optional<byte[]> tile(int level, long index, int width) {
        if (level < 0 || level > MAX_TILE_LEVEL || index < 0 || width < 1 || width > HashTiles.TILE_WIDTH) {
            return Optional.empty();
        }
        int treeLevel = level * BITS_PER_TILE_LEVEL;
        long hashes = treeLevel < Long.SIZE ? size >> treeLevel : 0;
        boolean present = index <= (hashes - width) / HashTiles.TILE_WIDTH && width <= hashes;
        return present ? Optional.of(tiles.octets(treeLevel, index, width)) : Optional.empty();
    }

    private void path(long index, long from, long to, List<TreeHash> proof) {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, proof);
            proof.add(root(middle, to));
        } else {
            path(index, middle, to, proof);
            proof.add(root(from, middle));
        }
    }

    /** SUBPROOF(m, D[from:to], b): {@code whole} is b, true while the older tree's own root is what would be given. */
    private void subproof(long m, long from, long to, boolean whole, List<TreeHash> proof) {
        if (m == to) {
            if (!whole) {
                proof.add(root(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (m <= middle) {
            subproof(m, from, middle, whole, proof);
            proof.add(root(middle, to));
        } else {
            subproof(m, middle, to, false, proof);
            proof.add(root(from, middle));
        }
    }

    /** MTH(D[from:to]) for a range that the recursion of §2.1 meets: perfect subtrees are kept, what is above them is computed. */
    private TreeHash root(long from, long to) {
        long width = to - from;
        if (Long.bitCount(width) == 1) {
            return tiles.hash(Long.numberOfTrailingZeros(width), from / width);
        }
        long middle = from + split(width);
        return TreeHash.ofNode(root(from, middle), root(middle, to));
    }

    /** The largest power of two smaller than n, for n above 1: k of RFC 6962 §2.1. */
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }
}
