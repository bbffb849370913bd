package dev.hutong.hub.telemetry;

import dev.hutong.hub.resolve.Step;

/** The trace of one request, while it goes on. */
interface RequestSpan {
    /**
     * A step of it is over.
     *
     * @param from when it began, by {@link System#nanoTime}
     * @param to when it ended, likewise
     */
    void took(Step step, long from, long to);

    /**
     * It is answered.
     *
     * @param operation as in the metrics
     * @param status the HTTP status
     * @param decision the decision's id, or empty
     */
    void end(String operation, int status, String decision);
}
