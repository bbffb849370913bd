package dev.hutong.hub.load;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The quotas of a single hub, in its memory: for each holder the one instant up to which the requests made so far take up the time (the
 * generic cell rate algorithm, ITU-T I.371 Annex A, as a virtual scheduler).
 */
public final class LocalQuotas implements Quotas {
    /** Who asks from more addresses than this at a time pushes others out, whose quotas then begin anew. */
    private static final long MOST_HOLDERS = 200_000;

    /** Longer than it takes any quota to be whole again. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final LongSupplier nanos;
    private final Cache<String, AtomicLong> holderToTakenUpTo;

    /** @param nanos nanoseconds of a clock that only ever goes on */
    public LocalQuotas(LongSupplier nanos) {
        this.nanos = nanos;
        this.holderToTakenUpTo = Caffeine.newBuilder()
                .maximumSize(MOST_HOLDERS)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .executor(Runnable::run) // Its upkeep is less than waking another thread for it.
                .build();
    }

    @Override
    public Answer take(String holder, Quota quota, int requests) {
        long now = nanos.getAsLong();
        long each = quota.nanosEach();
        long tolerance = each * quota.burst();
        AtomicLong takenUpTo = holderToTakenUpTo.get(holder, unknown -> new AtomicLong(now));
        while (true) {
            long before = takenUpTo.get();
            long free = before - now > 0 ? before : now;
            long after = free + each * requests;
            if (after - now > tolerance) {
                return new Answer(
                        false,
                        Math.max(0, (tolerance - (free - now)) / each),
                        Duration.ofNanos(after - now - tolerance));
            }
            if (takenUpTo.compareAndSet(before, after)) {
                return new Answer(true, (tolerance - (after - now)) / each, Duration.ZERO);
            }
        }
    }
}
