package dev.hutong.hub.clients;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/** Remembers which assertions have been used, so that none is used twice (RFC 7523 §3, 7). */
@FunctionalInterface
public interface AssertionReplay {
    /**
     * For how long after its end an assertion is still remembered, by a clock that only ever goes on: where the hub's own is set back by no more,
     * what was used is not good once more.
     */
    Duration LONGER = Duration.ofHours(1);

    /**
     * Whether this is the first use, which it then was.
     *
     * @param digest what the assertion is told apart by
     * @param until from when on it is refused anyway
     * @return fails where nobody can tell: then the assertion is not good
     */
    Future<Boolean> firstUse(String digest, Instant until);
}
