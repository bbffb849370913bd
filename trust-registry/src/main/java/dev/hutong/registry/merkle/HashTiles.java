package dev.hutong.registry.merkle;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The hashes of the perfect subtrees of one history of leaves: level by level, side by side, 256 to a tile of 8,192 octets. A history
 * of n leaves takes 64 n octets, and a tile of level 8 L is the very tile that C2SP tlog-tiles calls level L.
 *
 * <p>Why readers need no lock. A view ({@link MerkleTree}) reads only what its size covers; appending writes only what no earlier view
 * covers:
 *
 * <ul>
 *   <li>Octets: a hash is written once, at a place past the end of every earlier view. That place may lie in a tile which earlier
 *       views read, but at other octets of it, and Java never tears neighbouring array elements (JLS 17.6).
 *   <li>References: a new tile is put into a slot of its level's directory that earlier views do not look at. A directory that must
 *       grow is copied, and the copy goes into a new instance of this class; earlier views keep the array they have.
 *   <li>Two appends to one view: the first to move {@link #claimed} from the view's size owns the places behind it. Whoever comes
 *       later continues in copies of the tiles that are not full, with a claim of its own; full tiles are shared for ever.
 *   <li>Publication: everything a view covers is written before its constructor ends and is reached through final fields alone, so
 *       that a thread which sees the view at all sees all of it (JLS 17.5), however it came by the reference.
 * </ul>
 */
final class HashTiles {
    /** Hashes in a full tile. */
    static final int TILE_WIDTH = 256;

    private static final int TILE_BITS = 8;

    /** By level of the tree, then by index of the tile. As long as there are levels; a directory may have unused slots at its end. */
    private final byte[][][] levelToTiles;

    /** How many leaves the newest view of this history has. */
    private final AtomicLong claimed;

    private HashTiles(byte[][][] levelToTiles, AtomicLong claimed) {
        this.levelToTiles = levelToTiles;
        this.claimed = claimed;
    }

    static HashTiles empty() {
        return new HashTiles(new byte[0][][], new AtomicLong());
    }

    /** The root of the perfect subtree over leaves index·2^level to (index + 1)·2^level; for a view that covers them. */
    TreeHash hash(int level, long index) {
        return TreeHash.at(tile(levelToTiles, level, index), offset(index));
    }

    /** The first hashes of a tile, end to end; for a view that covers them. */
    byte[] octets(int level, long tile, int width) {
        return Arrays.copyOf(levelToTiles[level][Math.toIntExact(tile)], width * TreeHash.WIDTH);
    }

    /** The tiles with these leaves behind the first {@code size}: this history where it ends there, and a fork of it otherwise. */
    HashTiles append(long size, List<TreeHash> leaves) {
        long grown = Math.addExact(size, leaves.size());
        if (!claimed.compareAndSet(size, grown)) {
            return fork(size).append(size, leaves);
        }
        byte[][][] tiles = Arrays.copyOf(levelToTiles, Math.max(levelToTiles.length, levels(grown)));
        MessageDigest sha256 = TreeHash.sha256();
        long index = size;
        for (TreeHash leaf : leaves) {
            write(tiles, index++, leaf, sha256);
        }
        return new HashTiles(tiles, claimed);
    }

    /** A history of its own that has the first {@code size} leaves of this one. */
    private HashTiles fork(long size) {
        byte[][][] tiles = new byte[levels(size)][][];
        for (int level = 0; level < tiles.length; level++) {
            long hashes = size >> level;
            int full = Math.toIntExact(hashes >> TILE_BITS);
            boolean partial = hashes % TILE_WIDTH != 0;
            tiles[level] = Arrays.copyOf(levelToTiles[level], partial ? full + 1 : full);
            if (partial) {
                tiles[level][full] = tiles[level][full].clone();
            }
        }
        return new HashTiles(tiles, new AtomicLong(size));
    }

    /** Writes the leaf, and above it every node whose right half ends with it. */
    private static void write(byte[][][] tiles, long index, TreeHash leaf, MessageDigest sha256) {
        leaf.copyTo(placeFor(tiles, 0, index), offset(index));
        int level = 0;
        long node = index;
        while ((node & 1) == 1) {
            byte[] children = tile(tiles, level, node);
            int left = offset(node - 1);
            level++;
            node >>= 1;
            TreeHash.nodeInto(sha256, children, left, placeFor(tiles, level, node), offset(node));
        }
    }

    private static byte[] placeFor(byte[][][] tiles, int level, long index) {
        int at = Math.toIntExact(index >> TILE_BITS);
        if (tiles[level] == null) {
            tiles[level] = new byte[1][];
        } else if (at == tiles[level].length) {
            tiles[level] = Arrays.copyOf(tiles[level], 2 * at);
        }
        if (index % TILE_WIDTH == 0) {
            tiles[level][at] = new byte[TILE_WIDTH * TreeHash.WIDTH];
        }
        return tiles[level][at];
    }

    private static byte[] tile(byte[][][] tiles, int level, long index) {
        return tiles[level][Math.toIntExact(index >> TILE_BITS)];
    }

    private static int offset(long index) {
        return (int) (index % TILE_WIDTH) * TreeHash.WIDTH;
    }

    /** How many levels of perfect subtrees there are over so many leaves. */
    private static int levels(long size) {
        return Long.SIZE - Long.numberOfLeadingZeros(size);
    }
}
