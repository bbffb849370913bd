package dev.hutong.registry.merkle;

import static dev.hutong.registry.merkle.Leaves.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Views read and extended by several threads at once. Nothing is timed: whatever the interleaving, every answer is the right one. */
class MerkleTreeReadersTest {
    private static final int LEAVES = 20_000;

    private volatile MerkleTree newest = MerkleTree.empty().append(leaf(0));

    @Test
    void readersProveWhatTheyHoldWhileAWriterAppends() throws Exception {
        Callable<Boolean> reader = () -> {
            boolean sound = true;
            while (newest.size() < LEAVES) {
                MerkleTree view = newest;
                Checkpoint checkpoint = view.checkpoint();
                long last = view.size() - 1;
                sound &= MerkleProofs.verifyInclusion(
                        leaf((int) last), last, checkpoint, view.inclusionProof(last, view.size()));
                sound &= MerkleProofs.verifyConsistency(
                        view.checkpointAt(view.size() / 2),
                        checkpoint,
                        view.consistencyProof(view.size() / 2, view.size()));
            }
            return sound;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<Boolean>> readers = List.of(threads.submit(reader), threads.submit(reader));
            for (int i = 1; i < LEAVES; i++) {
                newest = newest.append(leaf(i));
            }
            for (Future<Boolean> sound : readers) {
                assertThat(sound.get()).isTrue();
            }
        }
        assertThat(newest.root()).isEqualTo(Leaves.mth(Leaves.leaves(LEAVES)));
    }

    @Test
    void writersThatStartFromOneViewDoNotDisturbEachOther() throws Exception {
        MerkleTree common = Leaves.tree(300);
        List<Callable<MerkleTree>> writers = IntStream.range(0, 4)
                .<Callable<MerkleTree>>mapToObj(writer -> () -> {
                    MerkleTree own = common;
                    for (int i = 0; i < 2_000; i++) {
                        own = own.append(leaf(writer * 10_000 + i));
                    }
                    return own;
                })
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<MerkleTree>> trees = threads.invokeAll(writers);
            for (int writer = 0; writer < trees.size(); writer++) {
                assertThat(trees.get(writer).get().root()).isEqualTo(rootOf(writer));
            }
        }
        assertThat(common.root()).isEqualTo(Leaves.mth(Leaves.leaves(300)));
    }

    private static TreeHash rootOf(int writer) {
        List<TreeHash> leaves = new ArrayList<>(Leaves.leaves(300));
        IntStream.range(0, 2_000).forEach(i -> leaves.add(leaf(writer * 10_000 + i)));
        return Leaves.mth(leaves);
    }
}
