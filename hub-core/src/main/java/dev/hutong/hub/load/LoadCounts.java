package dev.hutong.hub.load;

/** What one event loop counts of its work. Written by its thread alone, and read by any. */
public final class LoadCounts {
    private volatile int waiting;
    private volatile int inFlight;
    private volatile long started;
    private volatile long refused;

    LoadCounts() {}

    void waiting(int now) {
        waiting = now;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    void started(int now) {
        inFlight = now;
        started++;
    }

    void ended(int now) {
        inFlight = now;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    void oneRefused() {
        refused++;
    }

    /** How many requests wait for their turn, or for their refusal. */
    public int waiting() {
        return waiting;
    }

    /** How many are under way. */
    public int inFlight() {
        return inFlight;
    }

    /** How many were begun, ever. */
    public long started() {
        return started;
    }

    /** How many were refused, ever. */
    public long refused() {
        return refused;
    }
}
