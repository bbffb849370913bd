package dev.hutong.registry;

import static dev.hutong.registry.FoldCodecTest.assertSame;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.LOG_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** When a start believes the file with what the log was folded to, and when it folds the log. */
class KeptFoldIT {
    private static final String CODE = "the code of this test";
    private static final PrivateJwk OTHER_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 78);

    @TempDir
    private Path folder;

    private final LivedRegistry lived = new LivedRegistry();
    private final RegistrySnapshot whole = lived.founded.registry.snapshot();
    private final WatchedLog log = new WatchedLog(lived.entries());

    /** Says from which entry on it was decoded. */
    private static final class WatchedLog implements RegistryLog {
        private final InMemoryRegistryLog entries = new InMemoryRegistryLog();
        private long decodedFrom = Long.MAX_VALUE;

        WatchedLog(List<LogEntry> entries) {
            entries.forEach(entry -> this.entries.put(entry.leaf()));
        }

        @Override
        public List<LogEntry> read(long fromIndex, int limit) {
            decodedFrom = Math.min(decodedFrom, fromIndex);
            return entries.read(fromIndex, limit);
        }

        @Override
        public List<TreeHash> hashes(long fromIndex, int limit) {
            return entries.hashes(fromIndex, limit);
        }

        @Override
        public long size() {
            return entries.size();
        }

        @Override
        public AppendResult append(long expectedSize, List<String> leaves) {
            return entries.append(expectedSize, leaves);
        }

        @Override
        public void tryAppending() {}

        @Override
        public void close() {}
    }

    /** It says of every file why it is not believed, and here there are thousands. */
    @BeforeAll
    static void sayLess() {
        ((Logger) LoggerFactory.getLogger(KeptFold.class)).setLevel(Level.WARN);
    }

    @AfterAll
    static void sayAll() {
        ((Logger) LoggerFactory.getLogger(KeptFold.class)).setLevel(null);
    }

    @BeforeEach
    void keepTheWholeFold() throws IOException {
        kept().write(whole);
    }

    private Path file() {
        return folder.resolve("registry.fold");
    }

    private KeptFold kept() {
        return new KeptFold(file(), CODE, LOG_KEY, Fixtures.PROVIDERS);
    }

    private Registry open(WatchedLog log, Checkpoint verified, KeptFold kept) {
        return Registry.open(log, Fixtures.PROVIDERS, () -> lived.founded.now, verified, kept);
    }

    private static RegistrySnapshot folded(List<LogEntry> entries) {
        RegistryFold fold = RegistryFold.from(RegistryFold.empty(), Fixtures.PROVIDERS);
        entries.forEach(entry -> fold.take(DecodedEntry.of(entry)));
        return fold.snapshot();
    }

    private void assertBelieved() {
        assertSame(open(log, whole.checkpoint(), kept()).snapshot(), whole);
        assertThat(log.decodedFrom).isEqualTo(Long.MAX_VALUE);
    }

    private void assertNotBelieved(KeptFold kept, Checkpoint verified) {
        assertSame(open(log, verified, kept).snapshot(), whole);
        assertThat(log.decodedFrom).isZero();
    }

    @Test
    void whatWasKeptIsTakenAndNothingIsDecoded() {
        assertBelieved();
    }

    @Test
    void onlyTheEntriesAfterIt() throws IOException {
        for (int size = 1; size < lived.entries().size(); size += 5) {
            kept().write(folded(lived.entries().subList(0, size)));
            WatchedLog fresh = new WatchedLog(lived.entries());
            assertSame(open(fresh, whole.checkpoint(), kept()).snapshot(), whole);
            assertThat(fresh.decodedFrom).isEqualTo(size);
        }
    }

    @Test
    void withoutTheFileTheLogIsFolded() throws IOException {
        Files.delete(file());
        assertNotBelieved(kept(), whole.checkpoint());
    }

    @Test
    void withAnyOctetChangedItIsNotBelieved() throws IOException {
        byte[] octets = Files.readAllBytes(file());
        for (int i = 0; i < octets.length; i++) {
            octets[i] ^= 1;
            Files.write(file(), octets);
            assertThat(kept().beginningOf(log, whole.checkpoint()).checkpoint().size())
                    .as("octet " + i)
                    .isZero();
            octets[i] ^= 1;
        }
        Files.write(file(), octets);
        assertBelieved();
    }

    @Test
    void cutOffAnywhereOrWithMoreBehindItItIsNotBelieved() throws IOException {
        byte[] octets = Files.readAllBytes(file());
        for (int length = 0; length < octets.length + 100; length += length < 200 ? 1 : 61) {
            if (length != octets.length) {
                Files.write(file(), Arrays.copyOf(octets, length));
                assertThat(kept().beginningOf(log, whole.checkpoint())
                                .checkpoint()
                                .size())
                        .as(length + " octets")
                        .isZero();
            }
        }
    }

    @Test
    void ofAnotherLogKeyOrOfOtherCodeItIsNotBelieved() {
        assertNotBelieved(new KeptFold(file(), CODE, OTHER_KEY, Fixtures.PROVIDERS), whole.checkpoint());
        log.decodedFrom = Long.MAX_VALUE;
        assertNotBelieved(new KeptFold(file(), "a newer build", LOG_KEY, Fixtures.PROVIDERS), whole.checkpoint());
    }

    @Test
    void beyondWhatWasVerifiedItIsNotBelievedAndEverySignatureIsChecked() {
        Checkpoint earlier = whole.tree().checkpointAt(whole.checkpoint().size() - 1);
        assertNotBelieved(kept(), earlier);
        log.decodedFrom = Long.MAX_VALUE;
        assertNotBelieved(kept(), MerkleTree.empty().checkpoint());
    }

    @Test
    void ofAnotherLogOfTheSameKeyItIsNotBelieved() throws IOException {
        FoundedRegistry other = FoundedRegistry.withIssuer();
        other.enact(new SuspendIssuer(ISSUER), FoundedRegistry.ANNA);
        kept().write(other.registry.snapshot());
        assertNotBelieved(kept(), whole.checkpoint());
    }

    @Test
    void aLogThatWasRewrittenIsNoticedThoughNothingIsDecoded() {
        List<LogEntry> entries = lived.entries();
        for (int i = 0; i < entries.size(); i++) {
            String leaf = entries.get(i).leaf();
            int at = leaf.lastIndexOf("\"signature\":\"") + 30;
            List<LogEntry> rewritten = new ArrayList<>(entries);
            rewritten.set(
                    i,
                    new LogEntry(
                            i, leaf.substring(0, at) + (leaf.charAt(at) == 'A' ? 'B' : 'A') + leaf.substring(at + 1)));
            assertThatThrownBy(() -> open(new WatchedLog(rewritten), whole.checkpoint(), kept()))
                    .isInstanceOf(CorruptRegistryException.class)
                    .hasMessageContaining("the log was rewritten");
        }
    }

    @Test
    void anOlderCopyOfTheLogIsNoticed() {
        List<LogEntry> entries = lived.entries();
        for (int size : List.of(0, 1, entries.size() - 1)) {
            assertThatThrownBy(() -> open(new WatchedLog(entries.subList(0, size)), whole.checkpoint(), kept()))
                    .isInstanceOf(CorruptRegistryException.class)
                    .hasMessageContaining("an older copy");
        }
    }

    @Test
    void aLogThatGoesOnOtherwiseThanWasVerifiedIsNoticed() {
        Checkpoint other = new Checkpoint(whole.checkpoint().size(), TreeHash.ofEmptyTree());
        assertThatThrownBy(() -> open(log, other, kept()))
                .isInstanceOf(CorruptRegistryException.class)
                .hasMessageContaining("the log was rewritten");
    }

    @Test
    void aStoreThatFailsIsToldAsSuch() {
        log.entries.broken = true;
        assertThatThrownBy(() -> open(log, whole.checkpoint(), kept())).isInstanceOf(RegistryStorageException.class);
    }

    @Test
    void itIsWrittenWhereTheNextStartWouldHaveMuchToFold() throws IOException {
        Files.delete(file());
        List<LogEntry> many = ManyEntries.of(KeptFold.WORTH_KEEPING + 1);
        WatchedLog grown = new WatchedLog(many);
        RegistrySnapshot few = folded(many.subList(0, KeptFold.WORTH_KEEPING - 1));
        RegistrySnapshot enough = folded(many.subList(0, KeptFold.WORTH_KEEPING));
        RegistrySnapshot more = folded(many);
        KeptFold kept = kept();
        kept.keep(few);
        assertThat(file()).doesNotExist();
        kept.keep(enough);
        byte[] written = Files.readAllBytes(file());
        kept.keep(more);
        assertThat(file()).hasBinaryContent(written);

        KeptFold next = kept();
        RegistrySnapshot opened = open(grown, more.checkpoint(), next).snapshot();
        assertThat(opened.checkpoint()).isEqualTo(more.checkpoint());
        assertThat(opened.issuers().getFirst().standing().since()).isEqualTo(Fixtures.NOW);
        assertThat(opened.issuers().getFirst().suspended())
                .isEqualTo(more.issuers().getFirst().suspended());
        assertThat(grown.decodedFrom).isEqualTo(KeptFold.WORTH_KEEPING);
        next.keep(more);
        assertThat(file()).hasBinaryContent(written);

        KeptFold newer = new KeptFold(file(), "a newer build", LOG_KEY, Fixtures.PROVIDERS);
        newer.keep(open(grown, more.checkpoint(), newer).snapshot());
        assertThat(Files.readAllBytes(file())).isNotEqualTo(written);
        assertThat(folder.toFile().list()).containsExactly("registry.fold");
    }
}
