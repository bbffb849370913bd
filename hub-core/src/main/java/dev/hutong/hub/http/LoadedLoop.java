package dev.hutong.hub.http;

import dev.hutong.hub.load.Limits;
import dev.hutong.hub.load.LoopGate;
import dev.hutong.hub.telemetry.CurrentRequest;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One event loop: its gate, who is known there, and the way to have something done on it. */
final class LoadedLoop implements LoopGate.Loop {
    private final ContextInternal context;
    private final LoopGate gate;
    private final KnownCallers callers;
    private final int mostBatches;
    private int batches;

    /** @param context of the event loop that this is called on */
    LoadedLoop(ContextInternal context, Limits limits, Addresses addresses) {
        this.context = context;
        this.gate = new LoopGate(this, limits);
        this.callers = new KnownCallers(addresses);
        this.mostBatches = limits.inFlight() / 4;
    }

    LoopGate gate() {
        return gate;
    }

    KnownCallers callers() {
        return callers;
    }

    /** A batch is under way for its whole time, and its lines besides: were there only batches, none would ever end. */
    boolean beginBatch() {
        if (batches >= mostBatches) {
            return false;
        }
        batches++;
        return true;
    }

    void endBatch() {
        batches--;
    }

    /** A context on this event loop for a part of the request that is being answered where this is called: on any event loop. */
    ContextInternal branch() {
        ContextInternal branch = context.duplicate();
        CurrentRequest.continueIn(branch);
        return branch;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /**
     * Netty runs what is submitted to an event loop after the sockets that were ready, in the order in which it was submitted; and the body of
     * a request that is resumed is delivered by such a task.
     */
    @Override
    public void afterWhatIsUnderWay(Runnable task) {
        context.nettyEventLoop().execute(task);
    }

    /** What is scheduled comes after the sockets were looked at again, even without a delay; what is submitted might not. */
    @Override
    @SuppressWarnings(
            "FutureReturnValueIgnored") // Nothing scheduled here is ever taken back, and what it throws Netty logs.
    public void later(Duration delay, Runnable task) {
        context.nettyEventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
