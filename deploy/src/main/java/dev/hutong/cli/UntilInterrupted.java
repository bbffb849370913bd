package dev.hutong.cli;

import java.util.concurrent.CountDownLatch;

/** Keeps a command running until Ctrl-C or SIGTERM, and ends it cleanly then: with what it holds closed, and exit code 0. */
final class UntilInterrupted {
    private UntilInterrupted() {}

    /** Closes these, in this order, when the process is told to end. */
    static void thenClose(AutoCloseable... held) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
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
        }));
    }

    /** Never returns: the process ends by its shutdown hook. */
    static int park() throws InterruptedException {
        new CountDownLatch(1).await();
        return ExitCodes.OK;
    }
}
