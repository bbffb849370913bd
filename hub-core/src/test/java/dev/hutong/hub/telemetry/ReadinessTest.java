package dev.hutong.hub.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.MovableClock;
import dev.hutong.hub.telemetry.Readiness.Check;
import dev.hutong.hub.telemetry.Readiness.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final Instant BEGUN = Instant.parse("2026-01-05T08:00:00Z");

    private final MovableClock clock = new MovableClock(BEGUN);
    private Optional<String> needed = Optional.empty();
    private Optional<String> wished = Optional.empty();
    private final Readiness readiness = new Readiness(
            List.of(new Check("needed", true, () -> needed), new Check("wished", false, () -> wished)), clock);

    @Test
    void aHubWhoseNeededChecksHoldIsReady() {
        wished = Optional.of("away");

        assertThat(Readiness.isReady(readiness.look())).isTrue();
        assertThat(readiness.look()).extracting(State::isUp).containsExactly(true, false);
    }

    @Test
    void aHubIsNotReadyWhileANeededCheckFails() {
        needed = Optional.of("gone");
        assertThat(Readiness.isReady(readiness.look())).isFalse();

        needed = Optional.empty();
        assertThat(Readiness.isReady(readiness.look())).isTrue();
    }

    @Test
    void aCheckTellsSinceWhenItIsAsItIsWhateverItsFaultSays() {
        assertThat(readiness.look().getFirst().since()).isEqualTo(BEGUN);

        clock.advance(Duration.ofSeconds(5));
        needed = Optional.of("gone for 0 s");
        assertThat(readiness.look().getFirst().since()).isEqualTo(BEGUN.plusSeconds(5));

        clock.advance(Duration.ofSeconds(5));
        needed = Optional.of("gone for 5 s");
        assertThat(readiness.look().getFirst()).satisfies(state -> {
            assertThat(state.since()).isEqualTo(BEGUN.plusSeconds(5));
            assertThat(state.fault()).contains("gone for 5 s");
        });

        needed = Optional.empty();
        assertThat(readiness.look().getFirst().since()).isEqualTo(BEGUN.plusSeconds(10));
    }
}
