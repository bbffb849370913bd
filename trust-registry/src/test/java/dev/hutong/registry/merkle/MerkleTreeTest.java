package dev.hutong.registry.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    /** The reference leaves and roots of Google's certificate-transparency repository (merkle tree tests). */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theEmptyTreeHasThePublishedRoot() {
        assertThat(MerkleTree.empty().root().toString())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(MerkleTree.empty().checkpoint()).isEqualTo(new Checkpoint(0, TreeHash.ofEmptyTree()));
    }

    @Test
    void everySizeHasThePublishedRoot() {
        MerkleTree tree = MerkleTree.empty();
        for (int i = 0; i < LEAVES.size(); i++) {
            tree = tree.append(TreeHash.ofLeaf(HexFormat.of().parseHex(LEAVES.get(i))));
            assertThat(tree.root().toString()).isEqualTo(ROOTS.get(i));
            assertThat(tree.size()).isEqualTo(i + 1);
        }
    }

    @Property(tries = 100)
    void theRootIsThatOfTheRecursiveDefinition(@ForAll @IntRange(min = 1, max = 300) int size) {
        List<TreeHash> leaves = Stream.iterate(0, i -> i + 1)
                .limit(size)
                .map(MerkleTreeTest::leaf)
                .toList();
        MerkleTree tree = MerkleTree.empty();
        for (TreeHash leaf : leaves) {
            tree = tree.append(leaf);
        }
        assertThat(tree.root()).isEqualTo(naive(leaves));
    }

    @Test
    void appendingLeavesTheEarlierTreeAsItWas() {
        MerkleTree one = MerkleTree.empty().append(leaf(1));
        TreeHash before = one.root();
        MerkleTree left = one.append(leaf(2));
        MerkleTree right = one.append(leaf(3));
        assertThat(one.root()).isEqualTo(before);
        assertThat(left.root()).isNotEqualTo(right.root());
    }

    @Test
    void aLeafIsNeverANode() {
        TreeHash a = leaf(1);
        TreeHash b = leaf(2);
        byte[] joined = new byte[64];
        System.arraycopy(a.octets(), 0, joined, 0, 32);
        System.arraycopy(b.octets(), 0, joined, 32, 32);
        assertThat(TreeHash.ofLeaf(joined)).isNotEqualTo(TreeHash.ofNode(a, b));
    }

    @Test
    void hashesHaveThirtyTwoOctetsAndKeepThem() {
        assertThatThrownBy(() -> TreeHash.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        TreeHash hash = leaf(1);
        hash.octets()[0] ^= 1;
        assertThat(TreeHash.of(hash.octets())).isEqualTo(leaf(1)).hasSameHashCodeAs(leaf(1));
        assertThat(hash.toBase64()).hasSize(44);
        assertThatThrownBy(() -> new Checkpoint(-1, hash)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TreeHash leaf(int number) {
        return TreeHash.ofLeaf(new byte[] {(byte) (number >> 8), (byte) number});
    }

    /** RFC 6962 §2.1, word for word: k is the largest power of two smaller than n. */
    private static TreeHash naive(List<TreeHash> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = Integer.highestOneBit(leaves.size() - 1);
        return TreeHash.ofNode(naive(leaves.subList(0, k)), naive(new ArrayList<>(leaves.subList(k, leaves.size()))));
    }
}
