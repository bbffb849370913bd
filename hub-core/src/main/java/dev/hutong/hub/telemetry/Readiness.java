package dev.hutong.hub.telemetry;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the hub can answer correctly, check by check, and since when each is as it is. Looking costs memory accesses only: what a check
 * needs from a disk or a network somebody else has looked up before.
 */
public final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private final List<Check> checks;
    private final InstantSource clock;
    private List<State> states;

    /**
     * One thing that must be so.
     *
     * @param name in the answer and in the metrics
     * @param needed whether the hub answers nobody correctly without it
     * @param fault why it is not so, in one line without secrets; empty where it is
     */
    public record Check(String name, boolean needed, Supplier<Optional<String>> fault) {}

    /**
     * How a check stands.
     *
     * @param fault why it fails; empty where it does not
     * @param since from when on it has been failing, or has not
     */
    public record State(Check check, Optional<String> fault, Instant since) {
        /** Whether all is well. */
        public boolean isUp() {
            return fault.isEmpty();
        }

        State next(Optional<String> found, Instant now) {
            return new State(check, found, found.isEmpty() == fault.isEmpty() ? since : now);
        }
    }

    /** Looks for the first time. */
    public Readiness(List<Check> checks, InstantSource clock) {
        this.checks = List.copyOf(checks);
        this.clock = clock;
        Instant now = clock.instant();
        this.states = this.checks.stream()
                .map(check -> new State(check, check.fault().get(), now))
                .toList();
    }

    /** How all checks stand now, in their order. What has changed since the last look is told in the log. */
    public synchronized List<State> look() {
        Instant now = clock.instant();
        List<State> next = new ArrayList<>(states.size());
        for (State state : states) {
            State found = state.next(state.check().fault().get(), now);
            tell(state, found);
            next.add(found);
        }
        states = List.copyOf(next);
        return states;
    }

    /** Whether verifiers may be sent here. */
    public static boolean isReady(List<State> states) {
        return states.stream().allMatch(state -> state.isUp() || !state.check().needed());
    }

    private static void tell(State before, State now) {
        if (before.isUp() && !now.isUp()) {
            LOG.warn(
                    "{}: {} fails: {}",
                    now.check().needed() ? "NOT READY" : "Ready all the same",
                    now.check().name(),
                    now.fault().orElse(""));
        } else if (!before.isUp() && now.isUp()) {
            LOG.info("{} is well again", now.check().name());
        }
    }
}
