package dev.hutong.hub.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * An event loop on a clock of its own, with clients that ask again as soon as they are answered. What is read, done and refused takes its
 * time on that clock and on no other: in the proportions that were measured of a hub (docs/performance.md).
 */
final class SimulatedLoop implements LoopGate.Loop {
    static final long MICROSECOND = 1_000;
    static final long READING = 5 * MICROSECOND;
    static final long DOING = 65 * MICROSECOND;
    static final long REFUSING = 10 * MICROSECOND;
    /** What can be answered in a second at the best. */
    static final int CAPACITY = (int) (1_000_000 * MICROSECOND / (READING + DOING));

    private static final long ON_THE_WIRE = 50 * MICROSECOND;

    private final PriorityQueue<Timed> sockets = new PriorityQueue<>(Comparator.comparingLong(Timed::at));
    private final PriorityQueue<Timed> scheduled = new PriorityQueue<>(Comparator.comparingLong(Timed::at));
    private final Deque<Runnable> submitted = new ArrayDeque<>();
    private final LoopGate gate;
    private final Map<String, Tally> callerToTally = new HashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holds;
    private long now = 1;

    private record Timed(long at, Runnable task) {}

    /** What became of somebody's requests. */
    static final class Tally {
        int answered;
        int refused;
        long longestUntilRefused;
    }

    SimulatedLoop(Limits limits) {
        gate = new LoopGate(this, limits);
    }

    LoopGate gate() {
        return gate;
    }

    Tally tally(String caller) {
        return callerToTally.computeIfAbsent(caller, unknown -> new Tally());
    }

    /** What is begun from now on does not come to its end, as if a platform were slow. */
    void hold() {
        holds = true;
    }

    /** All that was held comes to its end. */
    void release() {
        holds = false;
        List<Runnable> ending = List.copyOf(held);
        held.clear();
        ending.forEach(Runnable::run);
    }

    /** Adds clients that each ask, wait for the answer, and ask again after a pause. */
    void addClients(int count, String caller, Duration pause) {
        for (int i = 0; i < count; i++) {
            new Client(caller, pause.toNanos()).ask(now + i * MICROSECOND);
        }
    }

    /** Something takes as long as this. */
    void spend(long nanos) {
        now += nanos;
    }

    void ask(Work work) {
        sockets.add(new Timed(now, () -> gate.admit(work)));
    }

    /** Lets time go on. */
    void run(Duration time) {
        long until = now + time.toNanos();
        while (now < until) {
            long came = now;
            while (!sockets.isEmpty() && sockets.peek().at() <= came) {
                now += READING;
                sockets.remove().task().run();
            }
            while (!scheduled.isEmpty() && scheduled.peek().at() <= came) {
                submitted.add(scheduled.remove().task());
            }
            while (!submitted.isEmpty()) {
                submitted.remove().run();
            }
            if (now == came) {
                now = Math.min(until, next());
            }
        }
    }

    private long next() {
        long socket = sockets.isEmpty() ? Long.MAX_VALUE : sockets.peek().at();
        long timer = scheduled.isEmpty() ? Long.MAX_VALUE : scheduled.peek().at();
        return Math.max(now + 1, Math.min(socket, timer));
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void afterWhatIsUnderWay(Runnable task) {
        submitted.add(task);
    }

    @Override
    public void later(Duration delay, Runnable task) {
        scheduled.add(new Timed(now + delay.toNanos(), task));
    }

    private final class Client implements Work {
        private final String caller;
        private final long pause;
        private long asked;
        private boolean waited;

        Client(String caller, long pause) {
            this.caller = caller;
            this.pause = pause;
        }

        void ask(long at) {
            asked = at;
            waited = false;
            sockets.add(new Timed(at, () -> gate.admit(this)));
        }

        @Override
        public String caller() {
            waited = true;
            return caller;
        }

        @Override
        public int cost() {
            return 1;
        }

        @Override
        public boolean isRefusable() {
            return true;
        }

        @Override
        public boolean isAbandoned() {
            return false;
        }

        /** What has waited is begun here and done as soon as the loop comes to it, as a request whose body is delivered again. */
        @Override
        public void start(Runnable done) {
            if (waited) {
                submitted.add(() -> work(done));
            } else {
                work(done);
            }
        }

        private void work(Runnable done) {
            now += DOING;
            Runnable end = () -> {
                tally(caller).answered++;
                done.run();
                ask(now + ON_THE_WIRE + pause);
            };
            if (holds) {
                held.add(end);
            } else {
                end.run();
            }
        }

        @Override
        public void refuse() {
            now += REFUSING;
            Tally tally = tally(caller);
            tally.refused++;
            tally.longestUntilRefused = Math.max(tally.longestUntilRefused, now - asked);
            ask(now + ON_THE_WIRE + pause);
        }
    }
}
