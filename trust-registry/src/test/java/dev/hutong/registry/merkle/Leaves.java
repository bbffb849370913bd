package dev.hutong.registry.merkle;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Leaves and roots that the tests of the tree share, and RFC 6962's own definition of a root, written without looking at the tree. */
final class Leaves {
    /** The reference leaves of Google's certificate-transparency repository (merkle tree tests). */
    static final List<TreeHash> REFERENCE = List.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .stream()
            .map(hex -> TreeHash.ofLeaf(HexFormat.of().parseHex(hex)))
            .toList();

    /** The roots over the first 1, 2, … 8 reference leaves. */
    static final List<TreeHash> REFERENCE_ROOTS = hashes(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private Leaves() {}

    static TreeHash leaf(int number) {
        return TreeHash.ofLeaf(new byte[] {(byte) (number >> 8), (byte) number});
    }

    static List<TreeHash> leaves(int size) {
        return IntStream.range(0, size).mapToObj(Leaves::leaf).toList();
    }

    static MerkleTree tree(int size) {
        return MerkleTree.empty().appendAll(leaves(size));
    }

    static List<TreeHash> hashes(String... hex) {
        return List.of(hex).stream()
                .map(each -> TreeHash.of(HexFormat.of().parseHex(each)))
                .toList();
    }

    static TreeHash withBitFlipped(TreeHash hash, int bit) {
        byte[] octets = hash.octets();
        octets[bit / 8] ^= (byte) (1 << bit % 8);
        return TreeHash.of(octets);
    }

    /** MTH of RFC 6962 §2.1, word for word: k is the largest power of two smaller than n. */
    static TreeHash mth(List<TreeHash> leaves) {
        if (leaves.isEmpty()) {
            return TreeHash.ofEmptyTree();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = Integer.highestOneBit(leaves.size() - 1);
        return TreeHash.ofNode(mth(leaves.subList(0, k)), mth(leaves.subList(k, leaves.size())));
    }
}
