package dev.hutong.registry.merkle;

import static dev.hutong.registry.merkle.Leaves.hashes;
import static dev.hutong.registry.merkle.Leaves.leaf;
import static dev.hutong.registry.merkle.Leaves.leaves;
import static dev.hutong.registry.merkle.Leaves.mth;
import static dev.hutong.registry.merkle.Leaves.tree;
import static dev.hutong.registry.merkle.Leaves.withBitFlipped;
import static dev.hutong.registry.merkle.MerkleProofs.verifyConsistency;
import static dev.hutong.registry.merkle.MerkleProofs.verifyInclusion;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerkleProofsTest {
    private static final MerkleTree REFERENCE = MerkleTree.empty().appendAll(Leaves.REFERENCE);
    private static final TreeHash STRANGER = leaf(65_535);

    /** The reference vectors of certificate-transparency, as transparency-dev/merkle proof/verify_test.go has them; index from 0. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, ''",
        "0, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "5, 8, bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
                + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "2, 3, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "1, 5, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    })
    void thePublishedInclusionProofsAreMadeAndVerify(int index, int size, String published) {
        List<TreeHash> proof = published.isEmpty() ? List.of() : hashes(published.split(" "));
        assertThat(REFERENCE.inclusionProof(index, size)).isEqualTo(proof);
        Checkpoint checkpoint = new Checkpoint(size, Leaves.REFERENCE_ROOTS.get(size - 1));
        assertThat(verifyInclusion(Leaves.REFERENCE.get(index), index, checkpoint, proof))
                .isTrue();
    }

    /** From the same file. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, ''",
        "1, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "6, 8, 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
                + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "2, 5, 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "6, 7, 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
                + " b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    })
    void thePublishedConsistencyProofsAreMadeAndVerify(int from, int to, String published) {
        List<TreeHash> proof = published.isEmpty() ? List.of() : hashes(published.split(" "));
        assertThat(REFERENCE.consistencyProof(from, to)).isEqualTo(proof);
        Checkpoint older = new Checkpoint(from, Leaves.REFERENCE_ROOTS.get(from - 1));
        Checkpoint newer = new Checkpoint(to, Leaves.REFERENCE_ROOTS.get(to - 1));
        assertThat(verifyConsistency(older, newer, proof)).isTrue();
    }

    /** RFC 6962 §2.1.3: the example tree of seven leaves, whose nodes the RFC names. */
    @Test
    void theExamplesOfTheRfcHoldForTheNodesItNames() {
        List<TreeHash> leaves = leaves(7);
        TreeHash b = leaves.get(1);
        TreeHash g = mth(leaves.subList(0, 2));
        TreeHash h = mth(leaves.subList(2, 4));
        TreeHash i = mth(leaves.subList(4, 6));
        TreeHash j = leaves.get(6);
        TreeHash k = mth(leaves.subList(0, 4));
        TreeHash l = mth(leaves.subList(4, 7));
        MerkleTree tree = tree(7);
        assertThat(tree.inclusionProof(0, 7)).containsExactly(b, h, l);
        assertThat(tree.inclusionProof(3, 7)).containsExactly(leaves.get(2), g, l);
        assertThat(tree.inclusionProof(4, 7)).containsExactly(leaves.get(5), j, k);
        assertThat(tree.inclusionProof(6, 7)).containsExactly(i, k);
        assertThat(tree.consistencyProof(3, 7)).containsExactly(leaves.get(2), leaves.get(3), g, l);
        assertThat(tree.consistencyProof(4, 7)).containsExactly(l);
        assertThat(tree.consistencyProof(6, 7)).containsExactly(i, j, k);
    }

    @Property(tries = 200)
    void everyLeafIsProvenInEverySizeAndOnlyAtItsPlace(
            @ForAll @IntRange(min = 1, max = 600) int size, @ForAll @IntRange(max = 599) int number) {
        int index = number % size;
        MerkleTree tree = tree(600);
        Checkpoint checkpoint = tree.checkpointAt(size);
        List<TreeHash> proof = tree.inclusionProof(index, size);
        assertThat(verifyInclusion(leaf(index), index, checkpoint, proof)).isTrue();
        for (long other : LongStream.concat(
                        LongStream.rangeClosed(-1, size), LongStream.of(Long.MIN_VALUE, Long.MAX_VALUE))
                .toArray()) {
            assertThat(verifyInclusion(leaf(index), other, checkpoint, proof)).isEqualTo(other == index);
        }
    }

    @Property(tries = 100)
    void aForgedInclusionProofNeverVerifies(
            @ForAll @IntRange(min = 1, max = 600) int size,
            @ForAll @IntRange(max = 599) int number,
            @ForAll @IntRange(max = 255) int bit) {
        int index = number % size;
        MerkleTree tree = tree(600);
        Checkpoint checkpoint = tree.checkpointAt(size);
        List<TreeHash> proof = tree.inclusionProof(index, size);
        for (List<TreeHash> forged : forgeriesOf(proof, bit)) {
            assertThat(verifyInclusion(leaf(index), index, checkpoint, forged)).isFalse();
        }
        assertThat(verifyInclusion(withBitFlipped(leaf(index), bit), index, checkpoint, proof))
                .isFalse();
        Checkpoint otherRoot = new Checkpoint(size, withBitFlipped(checkpoint.root(), bit));
        assertThat(verifyInclusion(leaf(index), index, otherRoot, proof)).isFalse();
        for (int other = 0; other <= 600; other++) {
            assertThat(verifyInclusion(leaf(index), index, tree.checkpointAt(other), proof))
                    .isEqualTo(other == size);
        }
        assertThat(verifyInclusion(leaf(index), index, new Checkpoint(2L * size, checkpoint.root()), proof))
                .isFalse();
    }

    @Property(tries = 200)
    void everySizeIsConsistentWithEveryLaterOneAndNoOther(
            @ForAll @IntRange(max = 600) int one, @ForAll @IntRange(max = 600) int another) {
        int from = Math.min(one, another);
        int to = Math.max(one, another);
        MerkleTree tree = tree(600);
        Checkpoint older = tree.checkpointAt(from);
        Checkpoint newer = tree.checkpointAt(to);
        List<TreeHash> proof = tree.consistencyProof(from, to);
        assertThat(verifyConsistency(older, newer, proof)).isTrue();
        if (from == 0) {
            assertThat(proof).isEmpty();
            return;
        }
        for (int other = 1; other <= 600; other++) {
            assertThat(verifyConsistency(tree.checkpointAt(other), newer, proof))
                    .isEqualTo(other == from);
            assertThat(verifyConsistency(older, tree.checkpointAt(other), proof))
                    .isEqualTo(other == to);
        }
    }

    @Property(tries = 100)
    void aForgedConsistencyProofNeverVerifies(
            @ForAll @IntRange(max = 600) int one,
            @ForAll @IntRange(max = 600) int another,
            @ForAll @IntRange(max = 255) int bit) {
        int from = Math.min(one, another);
        int to = Math.max(one, another);
        MerkleTree tree = tree(600);
        Checkpoint older = tree.checkpointAt(from);
        Checkpoint newer = tree.checkpointAt(to);
        List<TreeHash> proof = tree.consistencyProof(from, to);
        for (List<TreeHash> forged : forgeriesOf(proof, bit)) {
            assertThat(verifyConsistency(older, newer, forged)).isFalse();
        }
        Checkpoint otherOlder = new Checkpoint(from, withBitFlipped(older.root(), bit));
        Checkpoint otherNewer = new Checkpoint(to, withBitFlipped(newer.root(), bit));
        assertThat(verifyConsistency(otherOlder, newer, proof)).isFalse();
        if (from > 0) {
            assertThat(verifyConsistency(older, otherNewer, proof)).isFalse();
        }
        if (from < to) {
            assertThat(verifyConsistency(newer, older, proof)).isFalse();
        }
    }

    @Test
    void aForkIsNotConsistent() {
        MerkleTree common = tree(5);
        Checkpoint seen = common.append(leaf(100)).checkpoint();
        MerkleTree fork = common.append(leaf(200)).append(leaf(201));
        assertThat(verifyConsistency(seen, fork.checkpoint(), fork.consistencyProof(6, 7)))
                .isFalse();
    }

    @Test
    void nothingIsInTheEmptyLog() {
        assertThat(verifyInclusion(TreeHash.ofEmptyTree(), 0, MerkleTree.empty().checkpoint(), List.of()))
                .isFalse();
    }

    @Test
    void anEmptyLogWithAnotherRootIsConsistentWithNothing() {
        Checkpoint misstated = new Checkpoint(0, STRANGER);
        assertThat(verifyConsistency(misstated, tree(3).checkpoint(), List.of()))
                .isFalse();
        assertThat(verifyConsistency(misstated, misstated, List.of())).isFalse();
        assertThat(verifyConsistency(MerkleTree.empty().checkpoint(), misstated, List.of()))
                .isFalse();
    }

    @Test
    void hugeSizesAndLongProofsAreMerelyFalse() {
        List<TreeHash> strangers = new ArrayList<>();
        for (int length = 0; length < 70; length++) {
            Checkpoint huge = new Checkpoint(Long.MAX_VALUE, STRANGER);
            assertThat(verifyInclusion(STRANGER, Long.MAX_VALUE - 1, huge, strangers))
                    .isFalse();
            assertThat(verifyConsistency(new Checkpoint(1L << 62, STRANGER), huge, strangers))
                    .isFalse();
            assertThat(verifyConsistency(new Checkpoint(Long.MAX_VALUE - 1, STRANGER), huge, strangers))
                    .isFalse();
            strangers.add(leaf(length));
        }
    }

    /** The proof with a bit of each hash flipped, each hash left out, one more put in at each place, and two neighbours swapped. */
    private static List<List<TreeHash>> forgeriesOf(List<TreeHash> proof, int bit) {
        List<List<TreeHash>> forgeries = new ArrayList<>();
        for (int i = 0; i <= proof.size(); i++) {
            List<TreeHash> lengthened = new ArrayList<>(proof);
            lengthened.add(i, STRANGER);
            forgeries.add(lengthened);
        }
        for (int i = 0; i < proof.size(); i++) {
            List<TreeHash> flipped = new ArrayList<>(proof);
            flipped.set(i, withBitFlipped(proof.get(i), bit));
            forgeries.add(flipped);
            List<TreeHash> shortened = new ArrayList<>(proof);
            shortened.remove(i);
            forgeries.add(shortened);
            if (i > 0) {
                List<TreeHash> swapped = new ArrayList<>(proof);
                swapped.set(i, proof.get(i - 1));
                swapped.set(i - 1, proof.get(i));
                forgeries.add(swapped);
            }
        }
        return forgeries;
    }
}
