package dev.hutong.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What a command holds while it runs, for when it is told to end: on Ctrl-C or SIGTERM that is closed, and the process ends with exit
 * code 0. A command that ends by itself closes this first, and then what it holds.
 */
final class UntilInterrupted implements AutoCloseable {
    private final Thread hook;

    private UntilInterrupted(Thread hook) {
        this.hook = hook;
    }

    /** Closes these, in this order, when the process is told to end. */
    static UntilInterrupted closing(AutoCloseable... held) {
        List<AutoCloseable> inOrder = List.of(held);
        Thread hook = new Thread(() -> end(inOrder));
        Runtime.getRuntime().addShutdownHook(hook);
        return new UntilInterrupted(hook);
    }

    private static void end(List<AutoCloseable> held) {
        int exitCode = ExitCodes.OK;
        for (AutoCloseable one : held) {
            try {
                one.close();
            } catch (Exception e) {
                System.err.println("hutong: " + one.getClass().getSimpleName() + " did not close cleanly: " + e);
                exitCode = ExitCodes.FAILED;
            }
        }
        System.out.flush();
        // Being told to end is no failure: without this the JVM would report the signal (130, 143).
        Runtime.getRuntime().halt(exitCode);
    }

    /** Never returns: the process ends by its shutdown hook. */
    int park() throws InterruptedException {
        new CountDownLatch(1).await();
        return ExitCodes.OK;
    }

    /** The command ends by itself: its own exit code counts. Where the process is being told to end already, that goes on. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            parkInstead();
        }
    }

    private void parkInstead() {
        try {
            park();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
