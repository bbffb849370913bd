package dev.hutong.hub.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalAssertionReplayTest {
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final MovableClock clock = new MovableClock(NOW);
    private long nanos;
    private final AssertionReplay replay = new LocalAssertionReplay(clock, () -> nanos);

    private boolean first(String digest) {
        return replay.firstUse(digest, NOW.plus(LIFE)).result();
    }

    private void pass(Duration time) {
        clock.advance(time);
        nanos += time.toNanos();
    }

    @Test
    void whatWasUsedIsUsedForAnHourLongerThanItWouldBeGood() {
        assertThat(first("a")).isTrue();
        assertThat(first("a")).isFalse();
        pass(LIFE.plusHours(1).minusNanos(1));
        assertThat(first("a")).isFalse();
    }

    @Test
    void oneIsNotTheOther() {
        assertThat(first("a")).isTrue();
        assertThat(first("b")).isTrue();
    }

    @Test
    void whatIsOverForAnHourIsForgotten() {
        assertThat(first("a")).isTrue();
        pass(LIFE.plusHours(1));
        assertThat(first("a")).isTrue();
    }

    @Test
    void nothingIsForgottenBecauseTheClockJumps() {
        assertThat(first("a")).isTrue();
        clock.advance(Duration.ofDays(1));
        assertThat(first("a")).isFalse();
        clock.advance(Duration.ofDays(-1));
        assertThat(first("a")).isFalse();
    }

    @Test
    void whereTheClockIsSetBackByAnHourNothingIsGoodOnceMoreUntilItIsOver() {
        assertThat(first("a")).isTrue();
        pass(LIFE.minusNanos(1));
        clock.advance(Duration.ofHours(-1));
        pass(Duration.ofHours(1));
        assertThat(clock.instant()).isBefore(NOW.plus(LIFE));
        assertThat(first("a")).isFalse();
    }
}
