package dev.hutong.hub.load;

import dev.hutong.hub.load.FairQueue.Waiting;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The gate of one event loop: work is done at once, waits for its turn, or is refused. Used by that loop's thread alone.
 *
 * <p>An event loop is a queue already: what its sockets hold ready is done one after another, and under overload that queue grows. So it
 * is made visible. Only {@link #STRETCH} of work is done as it is read; what more is ready is read at once, which costs little, and waits in
 * a queue where each caller has a lane. After the sockets the queue has its stretch, and so on.
 *
 * <p>Waiting by itself is no harm: a pause of the collector, or a burst, makes a queue that goes away again. It stands if for a whole
 * {@link #INTERVAL} there was always something in it that had waited for a third of the patience or longer (as CoDel sees it, RFC 8289
 * §3.2, but by who has waited longest, since turns are by caller). As long as it stands, and for {@link #CALM} after, what has waited
 * longer than the patience is refused and no longer done.
 *
 * <p>Refusing costs reading and writing as well. Where there is work that could be done it gets {@link #REFUSING_SHARE} of the time: whoever
 * asks again at once and all the time waits for the refusal instead of taking the time of those who are served.
 */
public final class LoopGate {
    /** For how long work is done before the sockets are looked at again. */
    static final long STRETCH = Duration.ofMillis(5).toNanos();

    /** How long a queue must stand. RFC 8289 §4.3 takes 100 ms for networks around the world; here nothing is further than this machine. */
    static final long INTERVAL = Duration.ofMillis(50).toNanos();

    /** For how long after the last sign of it a loop counts as hard pressed. */
    static final long CALM = Duration.ofMillis(200).toNanos();

    private static final int TARGET_SHARE = 3;

    /** One part in so many; reading what is refused costs half as much again, so that a tenth of the time goes into it in all. */
    private static final int REFUSING_SHARE = 16;

    /** How often waiting work is looked at where none can be started. */
    private static final Duration TICK = Duration.ofMillis(2);

    /** The most that waits; what is more than that is refused unseen. There is one request on a connection at a time, so it takes many. */
    static final int MOST_WAITING = 16_384;

    private final Loop loop;
    private final Limits limits;
    private final long patience;
    private final LoadCounts counts = new LoadCounts();
    private final FairQueue queue = new FairQueue();
    private final ArrayDeque<Waiting> refusable = new ArrayDeque<>();
    private final ArrayDeque<Work> late = new ArrayDeque<>();

    private int inFlight;
    private boolean turnScheduled;
    private long stretchBegan;

    private long intervalBegan;
    private long leastWait = Long.MAX_VALUE;
    private long busyUntil;
    private long sheddingUntil;

    private long refusingAllowance;
    private long refusingSince;

    /** The event loop, as far as it is needed here. */
    public interface Loop {
        /** Nanoseconds of a clock that only ever goes on. */
        long nanos();

        /** Runs something once what is ready now has been read, and what has been begun has gone as far as it can. */
        void afterWhatIsUnderWay(Runnable task);

        /** Runs something once the sockets have been looked at again, and not before this time has passed. */
        void later(Duration delay, Runnable task);
    }

    public LoopGate(Loop loop, Limits limits) {
        this.loop = loop;
        this.limits = limits;
        this.patience = limits.patience().toNanos();
        this.intervalBegan = loop.nanos();
        this.busyUntil = intervalBegan;
        this.sheddingUntil = intervalBegan;
        this.refusingSince = intervalBegan;
    }

    /** Does this now, or when its turn comes, or refuses it. */
    public void admit(Work work) {
        long now = loop.nanos();
        if (!turnScheduled) {
            turnScheduled = true;
            stretchBegan = now;
            loop.afterWhatIsUnderWay(this::beginTurn);
        }
        if (queue.isEmpty() && hasRoom() && now - stretchBegan < STRETCH) {
            observe(0, now);
            start(work);
        } else if (work.isRefusable() && queue.size() >= MOST_WAITING) {
            refuse(work, now);
        } else {
            Waiting waiting = queue.add(work, now);
            if (work.isRefusable()) {
                refusable.add(waiting);
            }
            counts.waiting(queue.size());
        }
    }

    /** How hard pressed this loop is now. */
    public Pressure pressure() {
        long now = loop.nanos();
        if (now < sheddingUntil) {
            return Pressure.SHEDDING;
        }
        return now < busyUntil ? Pressure.BUSY : Pressure.NORMAL;
    }

    /** Whether anything waits for its turn. */
    public boolean isQueueing() {
        return !queue.isEmpty();
    }

    /** What is counted of it; may be read by any thread. */
    public LoadCounts counts() {
        return counts;
    }

    private void beginTurn() {
        stretchBegan = loop.nanos();
        turn();
    }

    /** What waits has its stretch of time, one after another: what is started may go on only once this returns. */
    private void turn() {
        long now = loop.nanos();
        Waiting next = hasRoom() && now - stretchBegan < STRETCH ? queue.next() : null;
        if (next == null) {
            endTurn(now);
            return;
        }
        try {
            if (!next.work().isAbandoned()) {
                start(next.work());
            }
        } finally { // one that fails does not keep the others waiting
            loop.afterWhatIsUnderWay(this::turn);
        }
    }

    private void endTurn(long now) {
        setLateAside(now);
        refuseLate(now);
        counts.waiting(queue.size() + late.size());
        scheduleTurn();
    }

    private void scheduleTurn() {
        boolean isBlocked = !hasRoom() || queue.isEmpty();
        turnScheduled = !queue.isEmpty() || !late.isEmpty();
        if (turnScheduled) {
            stretchBegan = loop.nanos();
            loop.later(isBlocked ? TICK : Duration.ZERO, this::beginTurn);
        }
    }

    private boolean hasRoom() {
        return inFlight < limits.inFlight();
    }

    private void start(Work work) {
        inFlight++;
        counts.started(inFlight);
        work.start(this::end);
    }

    private void end() {
        inFlight--;
        counts.ended(inFlight);
    }

    /** What has waited too long is taken out of the queue, where the queue stands. */
    private void setLateAside(long now) {
        Waiting oldest = oldestRefusable();
        observe(oldest == null ? 0 : now - oldest.since(), now);
        for (; oldest != null; oldest = oldestRefusable()) {
            long waited = now - oldest.since();
            if (waited < patience || now >= busyUntil) {
                return;
            }
            refusable.removeFirst();
            queue.remove(oldest);
            late.add(oldest.work());
            sheddingUntil = now + CALM;
        }
    }

    private @Nullable Waiting oldestRefusable() {
        while (!refusable.isEmpty() && refusable.getFirst().isOver()) {
            refusable.removeFirst();
        }
        return refusable.peekFirst();
    }

    /** Refuses in the order of coming; as much as there is time for, if there is something better to do. */
    private void refuseLate(long began) {
        boolean isPressed = hasRoom() && !queue.isEmpty();
        refusingAllowance = Math.min(refusingAllowance + (began - refusingSince) / REFUSING_SHARE, STRETCH);
        refusingSince = began;
        long allowance = isPressed ? refusingAllowance : STRETCH;
        long now = began;
        while (now - began < allowance) {
            Work work = late.poll();
            if (work == null) {
                break;
            }
            refuse(work, now);
            now = loop.nanos();
        }
        refusingAllowance -= now - began;
    }

    private void refuse(Work work, long now) {
        sheddingUntil = now + CALM;
        if (!work.isAbandoned()) {
            counts.oneRefused();
            work.refuse();
        }
    }

    /** Notes how long the longest waiting has waited; where that was never short for a whole interval, the queue stands. */
    private void observe(long waited, long now) {
        if (now - intervalBegan >= INTERVAL) {
            boolean isLately = now - intervalBegan < CALM;
            if (isLately && leastWait != Long.MAX_VALUE && leastWait >= patience / TARGET_SHARE) {
                busyUntil = now + CALM;
            }
            intervalBegan = now;
            leastWait = Long.MAX_VALUE;
        }
        leastWait = Math.min(leastWait, waited);
    }
}
