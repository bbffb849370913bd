package dev.hutong.hub.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * A failure for the log: its class, where it came from and what caused it, and none of their messages. Whatever failed on somebody's code may
 * quote it.
 */
public final class Wordless extends Exception {
    private static final long serialVersionUID = 1L;

    public Wordless(Throwable failure) {
        super(failure.getClass().getName(), causeOf(failure));
        setStackTrace(failure.getStackTrace());
    }

    private static @Nullable Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? null : new Wordless(cause);
    }
}
