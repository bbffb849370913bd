package dev.hutong.hub.load;

import java.time.Duration;

/**
 * How often somebody may ask: so many requests in a time on average, and so many at once after a rest.
 *
 * @param requests how many, 1 or more
 * @param each in which time
 * @param burst how many at once, 1 or more
 */
public record Quota(int requests, Duration each, int burst) {
    /** The time that one request takes up, in nanoseconds; at least 1. */
    long nanosEach() {
        return Math.max(1, each.toNanos() / requests);
    }
}
