package dev.hutong.hub.ledger;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread that looks after a ledger's store and its keys, so that nobody who brings a record waits for either. */
final class Attendant implements AutoCloseable {
    private static final long EVERY_MS = 500;
    private static final int TURNS_A_MINUTE = 120;
    private static final long LONGEST_TURN_MS = 10_000;

    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Begins.
     *
     * @param store looks after the store, and never throws
     * @param keys looks after the keys, at once and every minute, and never throws
     */
    Attendant(Runnable store, Runnable keys) {
        this.thread =
                Thread.ofPlatform().name("hutong-ledger-attendant").daemon().start(() -> attend(store, keys));
    }

    private void attend(Runnable store, Runnable keys) {
        try {
            for (long turn = 0; !end.await(turn == 0 ? 0 : EVERY_MS, TimeUnit.MILLISECONDS); turn++) {
                store.run();
                if (turn % TURNS_A_MINUTE == 0) {
                    keys.run();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns once the present turn is over, or has taken too long. */
    @Override
    public void close() {
        end.countDown();
        try {
            thread.join(LONGEST_TURN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
