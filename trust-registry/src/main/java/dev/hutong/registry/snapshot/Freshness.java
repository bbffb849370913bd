package dev.hutong.registry.snapshot;

import java.time.Duration;

/**
 * How long a snapshot may be used.
 *
 * @param nextUpdate after how long a newer one is there at the latest; a client that still gets this one then is being held back
 * @param expires after how long it is good no more; not shorter than {@code nextUpdate}
 */
public record Freshness(Duration nextUpdate, Duration expires) {
    /** A newer one every ten minutes, and a day to get over a hub that is away. */
    public static final Freshness DEFAULT = new Freshness(Duration.ofMinutes(10), Duration.ofHours(24));

    /** @throws IllegalArgumentException if nextUpdate is below two seconds, or expires is shorter */
    public Freshness {
        if (nextUpdate.toSeconds() < 2 || expires.compareTo(nextUpdate) < 0) {
            throw new IllegalArgumentException("nextUpdate must be two seconds or more, and expires no shorter");
        }
    }

    /** After how long the hub signs anew: so early that nobody ever gets one whose next update is due. */
    Duration renewal() {
        return nextUpdate.dividedBy(2);
    }
}
