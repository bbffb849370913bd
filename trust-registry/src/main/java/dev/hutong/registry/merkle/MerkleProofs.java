package dev.hutong.registry.merkle;

import java.util.List;

/**
 * Checks proofs that someone else made (RFC 9162 §2.1.3.2 and §2.1.4.2, whose proofs are those of RFC 6962). Nothing here throws on
 * foreign content.
 *
 * <p>A proof binds leaves to a root. That the root belongs to the size beside it is what the signature of a checkpoint says, not what
 * a proof can: the path of leaf 0, for one, is as long for three leaves as for four.
 */
public final class MerkleProofs {
    private MerkleProofs() {}

    /** True where the proof leads from this leaf, as the one at this index (from 0), to the checkpoint's root. */
    public static boolean verifyInclusion(TreeHash leaf, long index, Checkpoint checkpoint, List<TreeHash> proof) {
        if (index < 0 || index >= checkpoint.size()) {
            return false;
        }
        long fn = index;
        long sn = checkpoint.size() - 1;
        TreeHash root = leaf;
        for (TreeHash sibling : proof) {
            if (sn == 0) {
                return false;
            }
            if (isOdd(fn) || fn == sn) {
                root = TreeHash.ofNode(sibling, root);
                int absent = levelsWithoutSibling(fn);
                fn >>= absent;
                sn >>= absent;
            } else {
                root = TreeHash.ofNode(root, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && root.equals(checkpoint.root());
    }

    /**
     * True where the newer log begins with the whole older one. The log without leaves is the beginning of every log, and its proof
     * is empty, as is the proof that a log is consistent with itself.
     */
    public static boolean verifyConsistency(Checkpoint older, Checkpoint newer, List<TreeHash> proof) {
        if (isMisstated(older) || isMisstated(newer) || older.size() > newer.size()) {
            return false;
        }
        if (older.size() == 0) {
            return proof.isEmpty();
        }
        if (older.size() == newer.size()) {
            return proof.isEmpty() && older.root().equals(newer.root());
        }
        // The root of a perfect older tree is a node of the newer one, which the proof therefore leaves out.
        boolean perfect = Long.bitCount(older.size()) == 1;
        if (perfect) {
            return leadsToBoth(older.root(), proof, older, newer);
        }
        return !proof.isEmpty() && leadsToBoth(proof.getFirst(), proof.subList(1, proof.size()), older, newer);
    }

    /** §2.1.4.2, steps 3 to 7: climbs from a node that both trees have to both roots at once. */
    private static boolean leadsToBoth(TreeHash start, List<TreeHash> proof, Checkpoint older, Checkpoint newer) {
        int common = Long.numberOfTrailingZeros(older.size());
        long fn = (older.size() - 1) >> common;
        long sn = (newer.size() - 1) >> common;
        TreeHash olderRoot = start;
        TreeHash newerRoot = start;
        for (TreeHash sibling : proof) {
            if (sn == 0) {
                return false;
            }
            if (isOdd(fn) || fn == sn) {
                olderRoot = TreeHash.ofNode(sibling, olderRoot);
                newerRoot = TreeHash.ofNode(sibling, newerRoot);
                int absent = levelsWithoutSibling(fn);
                fn >>= absent;
                sn >>= absent;
            } else {
                newerRoot = TreeHash.ofNode(newerRoot, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && olderRoot.equals(older.root()) && newerRoot.equals(newer.root());
    }

    /** The last node of a level may have no sibling: it is carried up unhashed to the first level where it is a right child. */
    private static int levelsWithoutSibling(long node) {
        return node == 0 ? 0 : Long.numberOfTrailingZeros(node);
    }

    private static boolean isOdd(long number) {
        return (number & 1) == 1;
    }

    private static boolean isMisstated(Checkpoint checkpoint) {
        return checkpoint.size() == 0 && !checkpoint.root().equals(TreeHash.ofEmptyTree());
    }
}
