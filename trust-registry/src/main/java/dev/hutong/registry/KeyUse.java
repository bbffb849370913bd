package dev.hutong.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * When a key was last seen to have signed something good, to the minute, since this process began. One object for each key, shared by all
 * snapshots; any number of threads may mark it.
 */
public final class KeyUse {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long RESOLUTION_SECONDS = 60;

    private volatile long lastSeconds = NEVER;

    /** Written once a minute at most, so that cores do not fight over it. */
    void mark(Instant now) {
        long seconds = now.getEpochSecond();
        if (lastSeconds == NEVER || seconds - lastSeconds >= RESOLUTION_SECONDS) {
            lastSeconds = seconds;
        }
    }

    /** The last use, if there was one. */
    public Optional<Instant> lastUsed() {
        return lastSeconds == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochSecond(lastSeconds));
    }
}
