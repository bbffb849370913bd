package dev.hutong.hub.telemetry;

/** The upper bounds of histograms, in seconds. */
final class Buckets {
    /** Nanoseconds in a second. */
    static final double NANOS = 1e9;

    /** From a step in memory to a platform that is waited for to the end. */
    static final double[] STEPS = {
        1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25,
        0.5, 1, 2.5, 5, 10
    };

    static final double[] REQUESTS = {
        1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    static final double[] DELAYS = {1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5};

    private Buckets() {}
}
