package dev.hutong.hub.log;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/**
 * Work that blocks, done again and again on a worker for as long as the hub runs. The next turn is due when the last one has ended, so that
 * slow ones never pile up.
 *
 * <p>A verticle, since Vert.x undeploys those before it ends its workers: a hub that stops asks for no turn that nobody would take.
 */
public final class BackgroundLoop extends VerticleBase {
    private final Duration pause;
    private final Runnable turn;
    private long timer;
    private boolean turning;
    private boolean asked;
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
    public static BackgroundLoop start(Vertx vertx, Duration pause, Runnable turn) {
        BackgroundLoop loop = new BackgroundLoop(pause, turn);
        vertx.deployVerticle(loop).await();
        return loop;
    }

    /** Makes the next turn due now; after the present one, where one is under way. May be called by any thread, and returns at once. */
    public void hasten() {
        try {
            context.runOnContext(now -> {
                asked = turning;
                if (!turning && !ended && vertx.cancelTimer(timer)) {
                    takeTurn();
                }
            });
        } catch (RejectedExecutionException e) {
            // Vert.x is closed, and with it this loop has ended.
        }
    }

    @Override
    public Future<?> start() {
        awaitNext();
        return Future.succeededFuture();
    }

    private void awaitNext() {
        timer = vertx.setTimer(pause.toMillis(), due -> takeTurn());
    }

    private void takeTurn() {
        turning = true;
        asked = false;
        vertx.executeBlocking(() -> {
                    turn.run();
                    return true;
                })
                .onComplete(taken -> goOn());
    }

    private void goOn() {
        turning = false;
        if (ended) {
            return;
        }
        if (asked) {
            takeTurn();
        } else {
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
