package dev.hutong.hub;

import dev.hutong.hub.telemetry.Backlogs.Backlog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does on one thread of its own what nobody waits for, until the hub ends. Where more comes than it can do, the rest is dropped. */
final class BackgroundQueue extends VerticleBase implements Executor, Backlog {
    /** A second or so of work. */
    private static final int LONGEST = 4_096;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LONGEST),
            Thread.ofPlatform().name("hutong-shadow").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    private BackgroundQueue() {}

    /** Begins; not to be called on an event loop. */
    static BackgroundQueue start(Vertx vertx) {
        BackgroundQueue queue = new BackgroundQueue();
        vertx.deployVerticle(queue).await();
        return queue;
    }

    @Override
    public void execute(Runnable work) {
        thread.execute(work);
    }

    @Override
    public String name() {
        return "shadow";
    }

    @Override
    public long waiting() {
        return thread.getQueue().size();
    }

    @Override
    public Future<?> stop() {
        thread.shutdownNow();
        return Future.succeededFuture();
    }
}
