package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.GUANGDONG;
import static dev.hutong.registry.Fixtures.HANGZHOU;
import static dev.hutong.registry.Fixtures.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    abstract RegistryLog open();

    @BeforeEach
    void openTheLog() {
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
        List<RegistryEvent> events =
                List.of(registered(GUANGDONG), registered(HANGZHOU, "https://platform.example/api"));
        assertThat(log.append(0, events)).isEqualTo(new RegistryLog.Appended(2));
        assertThat(log.read(0, 10))
                .containsExactly(
                        new LogEntry(0, RegistryEventCodec.encode(events.get(0))),
                        new LogEntry(1, RegistryEventCodec.encode(events.get(1))));
        assertThat(log.read(0, 10)).extracting(LogEntry::event).containsExactlyElementsOf(events);
    }

    @Test
    void readingGivesAtMostSoManyFromAnyPlaceOn() {
        log.append(0, List.of(registered(GUANGDONG), registered(HANGZHOU), Fixtures.suspended(HANGZHOU)));
        assertThat(log.read(1, 1)).extracting(LogEntry::index).containsExactly(1L);
        assertThat(log.read(1, 5)).extracting(LogEntry::index).containsExactly(1L, 2L);
        assertThat(log.read(3, 5)).isEmpty();
    }

    @Test
    void aWriterWhoseViewIsOldLearnsTheSizeAndKeepsNothing() {
        log.append(0, List.of(registered(GUANGDONG)));
        assertThat(log.append(0, List.of(registered(HANGZHOU)))).isEqualTo(new RegistryLog.Conflict(1));
        assertThat(log.append(2, List.of(registered(HANGZHOU)))).isEqualTo(new RegistryLog.Conflict(1));
        assertThat(log.size()).isEqualTo(1);
    }

    @Test
    void anAppendOfNothingIsABug() {
        assertThatThrownBy(() -> log.append(0, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofWritersWithOneViewExactlyOneWins() {
        AtomicInteger winners = new AtomicInteger();
        IntStream.range(0, 16).parallel().forEach(_ -> {
            if (log.append(0, List.of(registered(GUANGDONG))) instanceof RegistryLog.Appended) {
                winners.incrementAndGet();
            }
        });
        assertThat(winners).hasValue(1);
        assertThat(log.size()).isEqualTo(1);
    }
}
