package dev.hutong.hub.http;

import dev.hutong.hub.load.Limits;
import dev.hutong.hub.load.LoopGate;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One event loop: its gate, who is known there, and the way to have something done on it. */
final class LoadedLoop implements LoopGate.Loop {
    private final ContextInternal context;
    private final LoopGate gate;
    private final KnownCallers callers = new KnownCallers();
    private final int mostBatches;
    private int batches;

    /** @param context of the event loop that this is called on */
    LoadedLoop(ContextInternal context, Limits limits) {
        this.context = context;
        this.gate = new LoopGate(this, limits);
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

    /** Runs something in this event loop's context; at once where it is called there. */
    void within(Runnable task) {
        context.emit(task, Runnable::run);
    }

    /** Runs something on this event loop later, from any thread. */
    void run(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** Netty runs what is submitted to an event loop after the sockets that were ready. */
    @Override
    public void afterReading(Runnable task) {
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
