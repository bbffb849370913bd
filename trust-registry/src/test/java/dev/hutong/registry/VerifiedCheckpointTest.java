package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Opening a log of which a part was verified before. */
class VerifiedCheckpointTest {
    private final List<String> leaves = leaves();

    private static List<String> leaves() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        founded.enact(new SuspendIssuer(ISSUER), ANNA);
        return founded.log.read(0, 100).stream().map(LogEntry::leaf).toList();
    }

    @Test
    void theLogThatWasVerifiedOpensAtAnyOfItsCheckpoints() {
        for (int size = 0; size <= leaves.size(); size++) {
            assertThat(open(leaves, checkpoint(leaves, size)).snapshot().checkpoint())
                    .isEqualTo(checkpoint(leaves, leaves.size()));
        }
    }

    @Test
    void signaturesBeforeTheCheckpointAreNotCheckedAgain() {
        for (int i = 0; i < leaves.size(); i++) {
            List<String> forged = withForgedSignature(i);
            assertThat(open(forged, checkpoint(forged, forged.size()))
                            .snapshot()
                            .issuer(ISSUER))
                    .isPresent();
            assertThat(open(forged, checkpoint(forged, i + 1)).snapshot().issuer(ISSUER))
                    .isPresent();
        }
    }

    @Test
    void aForgeryAfterTheCheckpointIsNoticedByItsSignature() {
        for (int i = 0; i < leaves.size(); i++) {
            List<String> forged = withForgedSignature(i);
            for (int size : List.of(0, i)) {
                assertCorrupt(forged, checkpoint(forged, size), "Entry " + i + " of the registry log is forged");
            }
        }
    }

    @Test
    void aForgeryBeforeTheCheckpointIsNoticedByTheRoot() {
        for (int i = 0; i < leaves.size(); i++) {
            for (int size = i + 1; size <= leaves.size(); size++) {
                assertCorrupt(withForgedSignature(i), checkpoint(leaves, size), "the log was rewritten");
            }
        }
    }

    @Test
    void aLogShorterThanTheCheckpointIsAnOlderCopy() {
        Checkpoint whole = checkpoint(leaves, leaves.size());
        for (int size = 0; size < leaves.size(); size++) {
            assertCorrupt(leaves.subList(0, size), whole, "an older copy");
        }
    }

    @Test
    void aLogThatGivesLessThanItSaysHasAGap() {
        InMemoryRegistryLog log = new InMemoryRegistryLog();
        leaves.forEach(log::put);
        RegistryLog silent = new RegistryLog() {
            @Override
            public List<LogEntry> read(long fromIndex, int limit) {
                return fromIndex < 2 ? log.read(fromIndex, (int) Math.min(limit, 2 - fromIndex)) : List.of();
            }

            @Override
            public long size() {
                return log.size();
            }

            @Override
            public AppendResult append(long expectedSize, List<String> more) {
                return log.append(expectedSize, more);
            }

            @Override
            public void tryAppending() {}

            @Override
            public void close() {}
        };
        Checkpoint whole = checkpoint(leaves, leaves.size());
        assertThatThrownBy(() -> Registry.open(silent, Fixtures.PROVIDERS, () -> Fixtures.NOW, whole))
                .isInstanceOf(CorruptRegistryException.class)
                .hasMessageContaining("a gap at entry 2");
    }

    private List<String> withForgedSignature(int i) {
        String leaf = leaves.get(i);
        int at = leaf.lastIndexOf("\"signature\":\"") + 30;
        List<String> forged = new ArrayList<>(leaves);
        forged.set(i, leaf.substring(0, at) + (leaf.charAt(at) == 'A' ? 'B' : 'A') + leaf.substring(at + 1));
        return forged;
    }

    private static Checkpoint checkpoint(List<String> leaves, int size) {
        MerkleTree tree = MerkleTree.empty();
        for (String leaf : leaves.subList(0, size)) {
            tree = tree.append(TreeHash.ofLeaf(leaf.getBytes(StandardCharsets.UTF_8)));
        }
        return tree.checkpoint();
    }

    private static Registry open(List<String> leaves, Checkpoint verified) {
        InMemoryRegistryLog log = new InMemoryRegistryLog();
        leaves.forEach(log::put);
        return Registry.open(log, Fixtures.PROVIDERS, () -> Fixtures.NOW, verified);
    }

    private static void assertCorrupt(List<String> leaves, Checkpoint verified, String fault) {
        assertThatThrownBy(() -> open(leaves, verified))
                .isInstanceOf(CorruptRegistryException.class)
                .hasMessageContaining(fault);
    }
}
