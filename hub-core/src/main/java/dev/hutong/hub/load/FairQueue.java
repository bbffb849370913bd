package dev.hutong.hub.load;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits, in a lane for each caller. The lanes take turns by what their work costs (deficit round robin, Shreedhar and Varghese 1995), so
 * that whoever asks much waits behind his own and nobody else's. In each lane, what would be refused for waiting too long goes before what waits
 * however long it takes. For one thread.
 */
final class FairQueue {
    private final Map<String, Lane> callerToLane = new HashMap<>();
    private final ArrayDeque<Lane> turns = new ArrayDeque<>();
    private int size;

    /** Something that waits. */
    static final class Waiting {
        private final Work work;
        private final long since;
        private final Lane lane;
        private boolean over;

        private Waiting(Work work, long since, Lane lane) {
            this.work = work;
            this.since = since;
            this.lane = lane;
        }

        Work work() {
            return work;
        }

        /** When it came, in nanoseconds of the loop's clock. */
        long since() {
            return since;
        }

        /** Whether it has been taken out. */
        boolean isOver() {
            return over;
        }
    }

    private static final class Lane {
        private final String caller;
        private final ArrayDeque<Waiting> refusable = new ArrayDeque<>(4);
        private final ArrayDeque<Waiting> patient = new ArrayDeque<>(0);
        private int credit;

        private Lane(String caller) {
            this.caller = caller;
        }

        ArrayDeque<Waiting> of(Work work) {
            return work.isRefusable() ? refusable : patient;
        }

        ArrayDeque<Waiting> next() {
            return refusable.isEmpty() ? patient : refusable;
        }

        boolean isEmpty() {
            return refusable.isEmpty() && patient.isEmpty();
        }
    }

    Waiting add(Work work, long now) {
        Lane lane = callerToLane.computeIfAbsent(work.caller(), caller -> {
            Lane opened = new Lane(caller);
            turns.add(opened);
            return opened;
        });
        Waiting waiting = new Waiting(work, now, lane);
        lane.of(work).add(waiting);
        size++;
        return waiting;
    }

    /** Takes out what is next; null where nothing waits. */
    @Nullable
    Waiting next() {
        while (true) {
            Lane lane = turns.poll();
            if (lane == null) {
                return null;
            }
            if (lane.isEmpty()) { // what waited in it was removed
                callerToLane.remove(lane.caller);
                continue;
            }
            lane.credit++;
            Waiting head = lane.next().getFirst();
            if (head.work.cost() > lane.credit) {
                turns.add(lane);
                continue;
            }
            lane.credit -= head.work.cost();
            lane.next().removeFirst();
            end(head);
            if (lane.isEmpty()) {
                callerToLane.remove(lane.caller);
            } else {
                turns.add(lane);
            }
            return head;
        }
    }

    /** Takes this out, wherever it stands. */
    void remove(Waiting waiting) {
        if (!waiting.over) {
            waiting.lane.of(waiting.work).remove(waiting);
            end(waiting);
        }
    }

    private void end(Waiting waiting) {
        waiting.over = true;
        size--;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
