package dev.hutong.registry.merkle;

import static dev.hutong.registry.merkle.Leaves.leaf;
import static dev.hutong.registry.merkle.Leaves.leaves;
import static dev.hutong.registry.merkle.Leaves.mth;
import static dev.hutong.registry.merkle.Leaves.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    @Test
    void theEmptyTreeHasThePublishedRoot() {
        assertThat(MerkleTree.empty().root().toString())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(MerkleTree.empty().checkpoint()).isEqualTo(new Checkpoint(0, TreeHash.ofEmptyTree()));
    }

    @Test
    void everySizeHasThePublishedRoot() {
        MerkleTree tree = MerkleTree.empty();
        for (int i = 0; i < Leaves.REFERENCE.size(); i++) {
            tree = tree.append(Leaves.REFERENCE.get(i));
            assertThat(tree.root()).isEqualTo(Leaves.REFERENCE_ROOTS.get(i));
            assertThat(tree.size()).isEqualTo(i + 1);
        }
    }

    @Property(tries = 100)
    void theRootIsThatOfTheRecursiveDefinitionHoweverTheLeavesCame(
            @ForAll @IntRange(max = 600) int size, @ForAll @IntRange(max = 600) int atOnce) {
        List<TreeHash> leaves = leaves(size);
        int first = Math.min(size, atOnce);
        MerkleTree tree = MerkleTree.empty().appendAll(leaves.subList(0, first));
        for (TreeHash leaf : leaves.subList(first, size)) {
            tree = tree.append(leaf);
        }
        assertThat(tree.root()).isEqualTo(mth(leaves));
        assertThat(tree.checkpointAt(first)).isEqualTo(new Checkpoint(first, mth(leaves.subList(0, first))));
    }

    @Test
    void aLargeTreeRemembersTheRootOfEverySizeItHad() {
        MerkleTree tree = MerkleTree.empty();
        List<Checkpoint> checkpoints = new ArrayList<>(List.of(tree.checkpoint()));
        for (int i = 0; i < 70_000; i++) {
            tree = tree.append(leaf(i));
            if (i % 997 == 0) {
                checkpoints.add(tree.checkpoint());
            }
        }
        assertThat(tree.root()).isEqualTo(mth(leaves(70_000)));
        for (Checkpoint checkpoint : checkpoints) {
            assertThat(tree.checkpointAt(checkpoint.size())).isEqualTo(checkpoint);
        }
    }

    @Test
    void appendingLeavesTheEarlierTreeAsItWas() {
        MerkleTree one = MerkleTree.empty().append(leaf(1));
        TreeHash before = one.root();
        MerkleTree left = one.append(leaf(2));
        MerkleTree right = one.append(leaf(3));
        assertThat(one.root()).isEqualTo(before);
        assertThat(left.root()).isEqualTo(mth(List.of(leaf(1), leaf(2))));
        assertThat(right.root()).isEqualTo(mth(List.of(leaf(1), leaf(3))));
    }

    @Test
    void appendingNothingChangesNothing() {
        MerkleTree tree = tree(5);
        assertThat(tree.appendAll(List.of())).isSameAs(tree);
    }

    /** Random appends to random views, old and new: each must be what its own leaves alone make, at the end as at its beginning. */
    @Property(tries = 30)
    void noViewEverSeesWhatIsAppendedToAnother(@ForAll long seed) {
        Random random = new Random(seed);
        List<MerkleTree> views = new ArrayList<>(List.of(MerkleTree.empty()));
        List<List<TreeHash>> contents = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < 40; i++) {
            int from = random.nextBoolean() ? views.size() - 1 : random.nextInt(views.size());
            int first = random.nextInt(10_000);
            List<TreeHash> more = IntStream.range(first, first + random.nextInt(300))
                    .mapToObj(Leaves::leaf)
                    .toList();
            List<TreeHash> all = new ArrayList<>(contents.get(from));
            all.addAll(more);
            views.add(views.get(from).appendAll(more));
            contents.add(all);
        }
        for (int i = 0; i < views.size(); i++) {
            assertThat(views.get(i).root()).isEqualTo(mth(contents.get(i)));
        }
    }

    @Test
    void aTileHoldsTheHashesOfItsLevelEndToEnd() {
        MerkleTree tree = tree(70_000);
        List<TreeHash> leaves = leaves(70_000);
        assertThat(tree.tile(0, 272, 256)).hasValue(octets(leaves.subList(272 * 256, 273 * 256)));
        assertThat(tree.tile(0, 273, 112)).hasValue(octets(leaves.subList(273 * 256, 70_000)));
        assertThat(tree.tile(1, 1, 17)).hasValue(octets(roots(leaves.subList(65_536, 65_536 + 17 * 256), 256)));
        assertThat(tree.tile(2, 0, 1)).hasValue(octets(roots(leaves.subList(0, 65_536), 65_536)));
    }

    /** The example of C2SP tlog-tiles, "Partial Tiles": what a tree of 70,000 leaves consists of. */
    @Test
    void aTreeHasTheTilesOfItsSizeAndNoOthers() {
        MerkleTree tree = tree(70_000);
        assertThat(tree.tile(0, 273, 113)).isEmpty();
        assertThat(tree.tile(0, 274, 1)).isEmpty();
        assertThat(tree.tile(1, 0, 256)).isPresent();
        assertThat(tree.tile(1, 1, 18)).isEmpty();
        assertThat(tree.tile(2, 0, 2)).isEmpty();
        assertThat(tree.tile(3, 0, 1)).isEmpty();
        assertThat(tree(256).tile(0, 0, 256)).isPresent();
        assertThat(tree(256).tile(1, 0, 1)).isPresent();
    }

    @Test
    void whatIsNoTileIsEmpty() {
        MerkleTree tree = tree(300);
        assertThat(tree.tile(-1, 0, 1)).isEmpty();
        assertThat(tree.tile(64, 0, 1)).isEmpty();
        assertThat(tree.tile(63, 0, 1)).isEmpty();
        assertThat(tree.tile(8, 0, 1)).isEmpty();
        assertThat(tree.tile(0, -1, 1)).isEmpty();
        assertThat(tree.tile(0, Long.MAX_VALUE, 1)).isEmpty();
        assertThat(tree.tile(0, 0, 0)).isEmpty();
        assertThat(tree.tile(0, 0, 257)).isEmpty();
        assertThat(MerkleTree.empty().tile(0, 0, 1)).isEmpty();
    }

    @Test
    void anEarlierViewHasNotTheTilesOfALaterOne() {
        MerkleTree earlier = tree(100);
        MerkleTree later = earlier.append(leaf(100));
        assertThat(earlier.tile(0, 0, 101)).isEmpty();
        assertThat(later.tile(0, 0, 101)).isPresent();
    }

    @Property(tries = 100)
    void theTilesOfATreeMakeItsRoot(@ForAll @IntRange(min = 1, max = 2_000) int size) {
        MerkleTree tree = tree(size);
        List<TreeHash> leaves = new ArrayList<>();
        for (int from = 0; from < size; from += 256) {
            byte[] tile = tree.tile(0, from / 256, Math.min(256, size - from)).orElseThrow();
            for (int at = 0; at < tile.length; at += TreeHash.WIDTH) {
                leaves.add(TreeHash.of(Arrays.copyOfRange(tile, at, at + TreeHash.WIDTH)));
            }
        }
        assertThat(mth(leaves)).isEqualTo(tree.root());
        for (int full = 0; full < size / 256; full++) {
            byte[] parents = tree.tile(1, 0, full + 1).orElseThrow();
            assertThat(Arrays.copyOfRange(parents, full * TreeHash.WIDTH, parents.length))
                    .isEqualTo(mth(leaves.subList(full * 256, (full + 1) * 256)).octets());
        }
    }

    @Test
    void whatATreeDoesNotHoldCannotBeAskedOfIt() {
        MerkleTree tree = tree(5);
        assertThatThrownBy(() -> tree.checkpointAt(6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.checkpointAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.inclusionProof(5, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.inclusionProof(-1, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.inclusionProof(0, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.consistencyProof(4, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.consistencyProof(4, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.consistencyProof(-1, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static List<TreeHash> roots(List<TreeHash> leaves, int width) {
        return IntStream.range(0, leaves.size() / width)
                .mapToObj(i -> mth(leaves.subList(i * width, (i + 1) * width)))
                .toList();
    }

    private static byte[] octets(List<TreeHash> hashes) {
        byte[] octets = new byte[hashes.size() * TreeHash.WIDTH];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i).octets(), 0, octets, i * TreeHash.WIDTH, TreeHash.WIDTH);
        }
        return octets;
    }
}
