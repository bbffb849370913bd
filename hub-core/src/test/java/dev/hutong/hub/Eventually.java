package dev.hutong.hub;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for what a running hub does by itself. */
final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Eventually() {}

    /** Asks until this holds, and fails as it does if it never does. */
    static void eventually(ThrowingCallable holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                holds.call();
                return;
            } catch (Throwable notYet) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("not within " + PATIENCE, notYet);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
