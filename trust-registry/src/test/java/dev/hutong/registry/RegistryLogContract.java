package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.merkle.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of the log keeps. */
abstract class RegistryLogContract {
    @SuppressWarnings("NullAway.Init")
    private RegistryLog log;

    abstract RegistryLog open() throws Exception;

    @BeforeEach
    void openTheLog() throws Exception {
        log = open();
    }

    @AfterEach
    void closeTheLog() {
        log.close();
    }

    @Test
    void aNewLogIsEmpty() {
        assertThat(log.size()).isZero();
        assertThat(log.read(0, 10)).isEmpty();
    }

    @Test
    void whatIsAppendedIsReadInOrderAsItWasWritten() {
        assertThat(log.append(0, List.of("a", "粤😀"))).isEqualTo(new RegistryLog.Appended(2));
        assertThat(log.read(0, 10)).containsExactly(new LogEntry(0, "a"), new LogEntry(1, "粤😀"));
    }

    @Test
    void readingGivesAtMostSoManyFromAnyPlaceOn() {
        log.append(0, List.of("a", "b", "c"));
        assertThat(log.read(1, 1)).extracting(LogEntry::index).containsExactly(1L);
        assertThat(log.read(1, 5)).extracting(LogEntry::index).containsExactly(1L, 2L);
        assertThat(log.read(3, 5)).isEmpty();
    }

    @Test
    void aLongReadingMissesAndRepeatsNothing() {
        List<String> leaves =
                IntStream.range(0, 20_000).mapToObj(Integer::toString).toList();
        log.append(0, leaves);
        assertThat(log.read(0, Integer.MAX_VALUE)).extracting(LogEntry::leaf).isEqualTo(leaves);
        assertThat(log.read(5, 19_000)).extracting(LogEntry::leaf).isEqualTo(leaves.subList(5, 19_005));
        assertThat(log.read(0, 0)).isEmpty();
    }

    @Test
    void theHashesAreThoseOfTheEntriesAtTheSamePlaces() {
        log.append(0, List.of("a", "粤😀", "{\"é\":\"\\u0000\"}", ""));
        List<TreeHash> hashes = log.read(0, 10).stream().map(LogEntry::hash).toList();
        assertThat(hashes.get(1)).isEqualTo(TreeHash.ofLeaf("粤😀".getBytes(StandardCharsets.UTF_8)));
        assertThat(log.hashes(0, Integer.MAX_VALUE)).isEqualTo(hashes);
        assertThat(log.hashes(1, 2)).isEqualTo(hashes.subList(1, 3));
        assertThat(log.hashes(4, 2)).isEmpty();
        assertThat(log.hashes(0, 0)).isEmpty();
    }

    @Test
    void aWriterWhoseViewIsOldLearnsTheSizeAndKeepsNothing() {
        log.append(0, List.of("a"));
        assertThat(log.append(0, List.of("b"))).isEqualTo(new RegistryLog.Conflict(1));
        assertThat(log.append(2, List.of("b"))).isEqualTo(new RegistryLog.Conflict(1));
        assertThat(log.size()).isEqualTo(1);
    }

    @Test
    void aTrialLeavesTheLogAsItWas() {
        log.append(0, List.of("a"));
        log.tryAppending();
        log.tryAppending();
        assertThat(log.read(0, 10)).extracting(LogEntry::leaf).containsExactly("a");
        assertThat(log.append(1, List.of("b"))).isEqualTo(new RegistryLog.Appended(2));
    }

    @Test
    void aReadingFromOrOfLessThanNothingIsABug() {
        assertThatThrownBy(() -> log.read(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.read(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.hashes(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.hashes(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAppendOfNothingIsABug() {
        assertThatThrownBy(() -> log.append(0, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofWritersWithOneViewExactlyOneWins() {
        AtomicInteger winners = new AtomicInteger();
        IntStream.range(0, 16).parallel().forEach(_ -> {
            if (log.append(0, List.of("a")) instanceof RegistryLog.Appended) {
                winners.incrementAndGet();
            }
        });
        assertThat(winners).hasValue(1);
        assertThat(log.size()).isEqualTo(1);
    }
}
