package dev.hutong.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.ledger.LedgerStanding.State;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerStandingTest {
    private static LedgerStanding standing(State state, Duration lag) {
        return new LedgerStanding(state, Optional.of("the disk is full"), 1, 1, 0, lag, 0);
    }

    @Test
    void whereNothingIsKeptNothingCanBeAnsweredAndItSaysWhy() {
        assertThat(standing(State.REFUSING, Duration.ZERO).obstacle().orElseThrow())
                .contains("cannot be written down", "the disk is full");
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"STORING", "SPOOLING"})
    void whatHasWaitedForLongerThanAnyAttemptTellsOfADiskThatHangs(State state) {
        assertThat(standing(state, LedgerStanding.LONGEST_LAG).obstacle()).isEmpty();
        assertThat(standing(state, LedgerStanding.LONGEST_LAG.plusNanos(1))
                        .obstacle()
                        .orElseThrow())
                .contains("for 5 s", "hangs");
    }
}
