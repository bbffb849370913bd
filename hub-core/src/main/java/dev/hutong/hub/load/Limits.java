package dev.hutong.hub.load;

import java.time.Duration;

/**
 * How much one event loop takes on.
 *
 * @param patience how long something may wait for its turn under overload before it is refused
 * @param inFlight how many requests may be under way at once, those included that wait for a platform or for the ledger; 1 or more
 */
public record Limits(Duration patience, int inFlight) {}
