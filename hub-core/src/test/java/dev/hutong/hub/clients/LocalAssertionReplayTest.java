package dev.hutong.hub.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalAssertionReplayTest {
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");

    private final MovableClock clock = new MovableClock(NOW);
    private final AssertionReplay replay = new LocalAssertionReplay(clock);

    private boolean first(String digest) {
        return replay.firstUse(digest, NOW.plusSeconds(300)).result();
    }

    @Test
    void whatWasUsedIsUsedForAsLongAsItWouldBeGood() {
        assertThat(first("a")).isTrue();
        assertThat(first("a")).isFalse();
        clock.advance(Duration.ofMinutes(5).minusNanos(1));
        assertThat(first("a")).isFalse();
    }

    @Test
    void oneIsNotTheOther() {
        assertThat(first("a")).isTrue();
        assertThat(first("b")).isTrue();
    }

    @Test
    void whatIsOverIsForgotten() {
        assertThat(first("a")).isTrue();
        clock.advance(Duration.ofSeconds(302));
        assertThat(first("a")).isTrue();
    }
}
