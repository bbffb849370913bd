package dev.hutong.hub.log;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Work that blocks, done again and again on a worker for as long as the hub runs. The next turn is due when the last one has ended, so that
 * slow ones never pile up.
 *
 * <p>A verticle, since Vert.x undeploys those before it ends its workers: a hub that stops asks for no turn that nobody would take.
 */
public final class BackgroundLoop extends VerticleBase {
    private final Duration pause;
    private final Runnable turn;
    private boolean ended;

    private BackgroundLoop(Duration pause, Runnable turn) {
        this.pause = pause;
        this.turn = turn;
    }

    /**
     * Begins, with a pause; not to be called on an event loop.
     *
     * @param turn what is done each time; where it throws, the next turn is due all the same
     */
    public static void start(Vertx vertx, Duration pause, Runnable turn) {
        vertx.deployVerticle(new BackgroundLoop(pause, turn)).await();
    }

    @Override
    public Future<?> start() {
        awaitNext();
        return Future.succeededFuture();
    }

    private void awaitNext() {
        vertx.setTimer(
                pause.toMillis(),
                timer -> vertx.executeBlocking(() -> {
                            turn.run();
                            return timer;
                        })
                        .onComplete(taken -> goOn()));
    }

    private void goOn() {
        if (!ended) {
            awaitNext();
        }
    }

    /** Takes no further turn. Called on the event loop that the timer fires on; Vert.x cancels the timer. */
    @Override
    public Future<?> stop() {
        ended = true;
        return Future.succeededFuture();
    }
}
