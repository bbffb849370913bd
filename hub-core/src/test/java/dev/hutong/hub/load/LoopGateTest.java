package dev.hutong.hub.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hutong.hub.config.LoadConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an event loop does when it is asked more than it can do; on a simulated clock. */
class LoopGateTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration A_WHILE = Duration.ofSeconds(2);
    private static final int BEST = 2 * SimulatedLoop.CAPACITY;
    private static final int MANY = 640;
    private static final String CITY = "city";
    private static final Duration PATIENCE = LoadConfig.DEFAULT.limits().patience();

    private final SimulatedLoop loop = new SimulatedLoop(LoadConfig.DEFAULT.limits());

    @Test
    void whatCanBeDoneIsDoneAndNothingIsRefused() {
        loop.addClients(64, CITY, AT_ONCE);
        loop.run(A_WHILE);

        assertThat(loop.tally(CITY).refused).isZero();
        assertThat(loop.tally(CITY).answered).isGreaterThan(BEST * 99 / 100);
        assertThat(loop.gate().pressure()).isEqualTo(Pressure.NORMAL);
    }

    @Test
    void underTenTimesTheLoadNineTenthsOfTheBestAreStillAnswered() {
        loop.addClients(MANY, CITY, AT_ONCE);
        loop.run(A_WHILE);

        assertThat(loop.tally(CITY).answered).isGreaterThan(BEST * 9 / 10);
        assertThat(loop.tally(CITY).refused).isGreaterThan(1_000);
        assertThat(loop.gate().pressure()).isEqualTo(Pressure.SHEDDING);
    }

    @Test
    void moreThanEverCouldBeRefusedStillDoesNotTakeTheTimeOfTheAnswers() {
        loop.addClients(5_000, CITY, AT_ONCE);
        loop.run(Duration.ofMillis(500)); // until all have been read once
        int answered = loop.tally(CITY).answered;
        loop.run(A_WHILE);

        assertThat(loop.tally(CITY).answered).isGreaterThan(answered + BEST * 9 / 10);
    }

    @Test
    void theRestIsRefusedWithinFiftyMilliseconds() {
        loop.addClients(MANY, CITY, AT_ONCE);
        loop.run(Duration.ofMillis(500)); // until it has been seen that the queue stands
        loop.tally(CITY).longestUntilRefused = 0;
        int refused = loop.tally(CITY).refused;
        loop.run(A_WHILE);

        assertThat(loop.tally(CITY).refused).isGreaterThan(refused + 1_000);
        assertThat(Duration.ofNanos(loop.tally(CITY).longestUntilRefused)).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void aBurstThatGoesAwayIsWorkedOffAndNotRefused() {
        loop.addClients(MANY, CITY, Duration.ofSeconds(1)); // 45 ms of work, more than anybody's patience
        loop.run(Duration.ofMillis(500));

        assertThat(loop.tally(CITY).answered).isEqualTo(MANY);
        assertThat(loop.tally(CITY).refused).isZero();
    }

    @Test
    void itRecoversAtOnce() {
        loop.addClients(3_000, CITY, Duration.ofMinutes(1));
        loop.run(Duration.ofSeconds(1));
        assertThat(loop.tally(CITY).refused).isPositive();

        loop.addClients(5, "later", AT_ONCE);
        loop.run(Duration.ofSeconds(1));

        assertThat(loop.gate().pressure()).isEqualTo(Pressure.NORMAL);
        assertThat(loop.tally("later").refused).isZero();
        assertThat(loop.gate().counts().waiting()).isZero();
    }

    @Test
    void aStandingQueueIsBusyBeforeAnythingIsRefused() {
        loop.addClients(300, CITY, AT_ONCE); // each waits 21 ms
        loop.run(A_WHILE);

        assertThat(loop.tally(CITY).refused).isZero();
        assertThat(loop.gate().pressure()).isEqualTo(Pressure.BUSY);
    }

    @Test
    void oneThatFloodsTwentyTimesTheLoadDoesNotStarveAnother() {
        loop.addClients(2 * MANY, "flood", AT_ONCE);
        loop.addClients(30, "modest", Duration.ofMillis(20)); // about 1,400 a second, a tenth of what can be done
        loop.run(A_WHILE);

        SimulatedLoop.Tally modest = loop.tally("modest");
        assertThat(modest.answered).isGreaterThan(1_000);
        assertThat((double) modest.answered / (modest.answered + modest.refused))
                .isGreaterThan(0.95);
        assertThat(loop.tally("flood").refused).isGreaterThan(5_000);
    }

    @Test
    void noMoreIsUnderWayThanMayBeAndTheRestIsRefused() {
        SimulatedLoop small = new SimulatedLoop(new Limits(PATIENCE, 16));
        small.hold();
        small.addClients(40, CITY, Duration.ofSeconds(1));
        small.run(Duration.ofMillis(500));

        assertThat(small.gate().counts().inFlight()).isEqualTo(16);
        assertThat(small.tally(CITY).refused).isEqualTo(24);

        small.release();
        small.run(Duration.ofMillis(10));
        assertThat(small.gate().counts().inFlight()).isZero();
    }

    @Test
    void whatMayNotBeRefusedWaits() {
        List<String> done = new ArrayList<>();
        loop.addClients(MANY, CITY, AT_ONCE);
        loop.run(Duration.ofMillis(500));
        for (int i = 0; i < 50; i++) {
            loop.ask(new Patient("batch", () -> done.add("done")));
        }
        loop.run(Duration.ofSeconds(1));

        assertThat(done).hasSize(50);
    }

    @Test
    void itsCallersOtherRequestsDoNotWaitBehindIt() {
        for (int i = 0; i < 1_000; i++) {
            loop.ask(new Patient(CITY, () -> loop.spend(4 * SimulatedLoop.DOING)));
        }
        loop.addClients(1, CITY, AT_ONCE);
        loop.run(Duration.ofMillis(200));

        assertThat(loop.tally(CITY).refused).isZero();
        assertThat(loop.tally(CITY).answered).isGreaterThan(30);
    }

    @Test
    void whatFailsDoesNotKeepTheOthersWaiting() {
        loop.addClients(MANY, CITY, AT_ONCE);
        loop.run(Duration.ofMillis(500));
        int answered = loop.tally(CITY).answered;
        loop.ask(new Patient("broken", () -> {
            throw new IllegalStateException("a bug");
        }));

        assertThatIllegalStateException().isThrownBy(() -> loop.run(A_WHILE));
        loop.run(A_WHILE);

        assertThat(loop.tally(CITY).answered).isGreaterThan(answered + BEST * 9 / 10);
    }

    /** As the lines of a batch: it costs as much as four requests, and waits however long that takes. */
    private record Patient(String caller, Runnable task) implements Work {

        @Override
        public int cost() {
            return 4;
        }

        @Override
        public boolean isRefusable() {
            return false;
        }

        @Override
        public boolean isAbandoned() {
            return false;
        }

        @Override
        public void start(Runnable end) {
            task.run();
            end.run();
        }

        @Override
        public void refuse() {
            throw new AssertionError("refused");
        }
    }
}
