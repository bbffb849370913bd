package dev.hutong.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hutong.hub.ledger.LedgerStanding.State;
import dev.hutong.hub.ledger.MemoryStore.Failing;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What becomes of a block whose writing fails, whether or not it came through; with a real journal. */
class BlockKeeperIT {
    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-15T08:00:00Z"));

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();
    private final CompactJwsSigner signer =
            new CompactJwsSigner(PrivateJwk.generate(SignatureAlgorithm.ES256, new SecureRandom()), PROVIDERS);
    private RecordBuffer buffer;

    @BeforeEach
    void start() throws IOException {
        buffer = new RecordBuffer(new Pseudonyms(new PeriodKeys(folder.resolve("ledger-keys"), PseudonymPeriod.MONTH)));
    }

    private BlockKeeper keeper(Optional<Journal> journal) throws IOException {
        BlockKeeper keeper = new BlockKeeper(
                store,
                new Chain("hub", signer),
                journal,
                new RecordBuffer(new Pseudonyms(new PeriodKeys(folder.resolve("ledger-keys"), PseudonymPeriod.MONTH))),
                CLOCK);
        keeper.open();
        if (store.blocks.isEmpty()) {
            keep(keeper, new LedgerRecord.Opened(Ulids.next(CLOCK.instant()), CLOCK.instant(), "hub", signer.key()));
        }
        return keeper;
    }

    private void keep(BlockKeeper keeper, LedgerRecord record) throws IOException {
        buffer.clear();
        buffer.add(record);
        keeper.keep(buffer);
    }

    private void keep(BlockKeeper keeper) throws IOException {
        keep(
                keeper,
                new LedgerRecord.Appealed(
                        Ulids.next(CLOCK.instant()),
                        CLOCK.instant(),
                        "gate",
                        "decision",
                        "440000.yuekangma",
                        null,
                        null,
                        AppealGround.OUTDATED));
    }

    private void assertSound(int records) {
        LedgerVerification.Verdict verdict = LedgerVerification.verify(store, List.of(), List.of(), PROVIDERS);
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.extents())
                .singleElement()
                .satisfies(extent -> assertThat(extent.records()).isEqualTo(records));
    }

    @ParameterizedTest
    @EnumSource(
            value = Failing.class,
            names = {"BEFORE_KEEPING", "AFTER_KEEPING"})
    void whereItIsRefusedTheChainGoesOnFromWhatTheStoreHas(Failing failing) throws IOException {
        BlockKeeper keeper = keeper(Optional.empty());
        store.failing = failing;
        assertThatThrownBy(() -> keep(keeper)).isInstanceOf(LedgerUnavailableException.class);
        assertThat(keeper.state()).isEqualTo(State.REFUSING);
        keeper.attend();
        assertThat(keeper.state()).isEqualTo(State.REFUSING);
        assertThat(keeper.fault()).isPresent();

        store.failing = Failing.NEVER;
        keeper.attend();
        assertThat(keeper.state()).isEqualTo(State.STORING);
        keep(keeper);

        assertSound(failing == Failing.AFTER_KEEPING ? 4 : 3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Failing.class,
            names = {"BEFORE_KEEPING", "AFTER_KEEPING"})
    void whereItIsSpooledTheStoreGetsTheVerySameBlockOnce(Failing failing) throws IOException {
        try (Journal journal = Journal.open(folder.resolve("journal"), 1 << 20)) {
            BlockKeeper keeper = keeper(Optional.of(journal));
            store.failing = failing;
            keep(keeper);
            store.failing = Failing.BEFORE_KEEPING;
            for (int i = 0; i < 600; i++) {
                keep(keeper);
            }
            keeper.attend();
            assertThat(keeper.state()).isEqualTo(State.SPOOLING);
            assertThat(keeper.spooled()).isEqualTo(601);

            store.failing = Failing.NEVER;
            keeper.attend();
            assertThat(keeper.state()).isEqualTo(State.STORING);
            assertThat(journal.isEmpty()).isTrue();
            keep(keeper);
        }
        assertSound(603);
    }

    @Test
    void aJournalThatIsFullRefusesAndSaysSoUntilTheStoreIsBack() throws IOException {
        try (Journal journal = Journal.open(folder.resolve("journal"), 8_000)) {
            BlockKeeper keeper = keeper(Optional.of(journal));
            store.failing = Failing.BEFORE_KEEPING;
            int kept = keepUntilRefused(keeper);
            assertThat(kept).isPositive();
            assertThat(keeper.state()).isEqualTo(State.REFUSING);
            assertThat(keeper.fault().orElseThrow())
                    .contains("journal cannot be written", "8000 octets", "the store is gone");
            assertThat(keeper.spooled()).isEqualTo(kept);
            keeper.attend();
            assertThat(keeper.state()).isEqualTo(State.REFUSING);

            store.failing = Failing.NEVER;
            keeper.attend();
            assertThat(keeper.state()).isEqualTo(State.STORING);
            assertThat(keeper.fault()).isEmpty();
            assertThat(journal.isEmpty()).isTrue();
            keep(keeper);
            assertSound(kept + 2);
        }
    }

    private int keepUntilRefused(BlockKeeper keeper) throws IOException {
        int kept = 0;
        try {
            for (; ; kept++) {
                keep(keeper);
            }
        } catch (LedgerUnavailableException refused) {
            return kept;
        }
    }

    @Test
    void aJournalThatIsDamagedIsToldAndNotReadForEver() throws IOException {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.open(file, 1 << 20)) {
            BlockKeeper keeper = keeper(Optional.of(journal));
            store.failing = Failing.BEFORE_KEEPING;
            keep(keeper);
            byte[] octets = Files.readAllBytes(file);
            octets[octets.length - 1]++;
            Files.write(file, octets);
            store.failing = Failing.NEVER;

            keeper.attend();

            assertThat(keeper.state()).isEqualTo(State.SPOOLING);
            assertThat(keeper.fault().orElseThrow()).contains("damaged at octet 0");
        }
    }

    @Test
    void ofTwoThatWriteOneChainTheFirstStopsForGoodAndSaysWhatToDoOnce() throws IOException {
        BlockKeeper first = keeper(Optional.empty());
        keep(first);
        BlockKeeper second = keeper(Optional.empty());
        keep(second);

        List<String> said = saidDuring(() -> {
            for (int turn = 0; turn < 3; turn++) {
                assertThatThrownBy(() -> keep(first)).isInstanceOf(LedgerUnavailableException.class);
                first.attend();
                assertThat(first.state()).isEqualTo(State.REFUSING);
            }
        });

        assertThat(said)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "Another hub writes the chain " + signer.key().kid(),
                                "move that file",
                                "start it again"));
        assertThat(first.fault()).hasValueSatisfying(fault -> assertThat(said).containsExactly(fault));
        keep(second);
        assertSound(4);
    }

    @Test
    void whoeverFindsAnothersBlocksWhereItsSpooledOnesBelongStopsAndKeepsTheJournal() throws IOException {
        try (Journal journal = Journal.open(folder.resolve("journal"), 1 << 20)) {
            BlockKeeper first = keeper(Optional.of(journal));
            BlockKeeper second = keeper(Optional.empty());
            store.failing = Failing.BEFORE_KEEPING;
            keep(first);
            keep(first);
            store.failing = Failing.NEVER;
            keep(second);

            List<String> said = saidDuring(() -> {
                first.attend();
                first.attend();
            });

            assertThat(first.state()).isEqualTo(State.REFUSING);
            assertThat(said)
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("hub-key.jwk.json", "ledger.journal"));
            assertThat(first.spooled()).isEqualTo(2);
        }
        assertSound(2);
    }

    /** What was attempted last but one may come through last. */
    @Test
    void aBlockOfItsOwnThatComesThroughLateIsNobodyElses() throws IOException {
        BlockKeeper keeper = keeper(Optional.empty());
        store.failing = Failing.AFTER_KEEPING;
        assertThatThrownBy(() -> keep(keeper)).isInstanceOf(LedgerUnavailableException.class);
        Block late = store.blocks.removeLast();
        store.failing = Failing.NOT_WRITING;
        keeper.attend();
        keeper.attend();
        store.blocks.add(late);
        store.failing = Failing.NEVER;

        keeper.attend();

        assertThat(keeper.state()).isEqualTo(State.STORING);
        assertSound(3);
    }

    @Test
    void aStoreThatWasRestoredFromABackupIsGoneOnFrom() throws IOException {
        BlockKeeper keeper = keeper(Optional.empty());
        keep(keeper);
        keep(keeper);
        store.blocks.removeLast();
        store.blocks.removeLast();

        keep(keeper);

        assertThat(keeper.state()).isEqualTo(State.STORING);
        assertSound(2);
    }

    private interface Deed {
        void happen() throws IOException;
    }

    private static List<String> saidDuring(Deed deed) throws IOException {
        Logger log = (Logger) LoggerFactory.getLogger(BlockKeeper.class);
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        log.addAppender(seen);
        try {
            deed.happen();
        } finally {
            log.detachAppender(seen);
        }
        return seen.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void recordsWhoseIdsLieFarApartAreNotOfOneBlock() throws IOException {
        Instant now = CLOCK.instant();
        buffer.add(new LedgerRecord.Resumed(Ulids.next(now), now, now));

        assertThat(buffer.reaches(new LedgerRecord.Resumed(Ulids.next(now.plusSeconds(60)), now, now)))
                .isTrue();
        assertThat(buffer.reaches(new LedgerRecord.Resumed(Ulids.next(now.minusMillis(60_001)), now, now)))
                .isFalse();
        buffer.add(new LedgerRecord.Resumed(Ulids.next(now.plusSeconds(60)), now, now));
        assertThat(buffer.reaches(new LedgerRecord.Resumed(Ulids.next(now.minusMillis(1)), now, now)))
                .isFalse();
    }
}
