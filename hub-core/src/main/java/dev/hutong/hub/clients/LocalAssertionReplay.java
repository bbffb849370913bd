package dev.hutong.hub.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Remembers in this process alone: for a hub that stands by itself. Nothing is forgotten before its time, however the clock jumps. */
public final class LocalAssertionReplay implements AssertionReplay {
    /** Far more than clients in good faith need, each of which asks once in minutes; bounds the memory to some 100 MB. */
    private static final long MOST = 500_000;

    private final InstantSource clock;
    private final Cache<String, Instant> digestToEnd;

    /** @param nanos nanoseconds of a clock that only ever goes on */
    public LocalAssertionReplay(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.digestToEnd = Caffeine.newBuilder()
                .expireAfter(Expiry.<String, Instant>creating((_, until) -> lifetime(until)))
                .ticker(nanos::getAsLong)
                .build();
    }

    @Override
    public Future<Boolean> firstUse(String digest, Instant until) {
        if (digestToEnd.estimatedSize() >= MOST) {
            return Future.failedFuture("More than " + MOST + " client assertions at once");
        }
        return Future.succeededFuture(digestToEnd.asMap().putIfAbsent(digest, until) == null);
    }

    private Duration lifetime(Instant until) {
        return Duration.between(clock.instant(), until).plus(LONGER);
    }
}
