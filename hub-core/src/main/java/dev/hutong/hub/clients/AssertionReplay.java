package dev.hutong.hub.clients;

import io.vertx.core.Future;
import java.time.Instant;

/** Remembers which assertions have been used, so that none is used twice (RFC 7523 §3, 7). */
@FunctionalInterface
public interface AssertionReplay {
    /**
     * Whether this is the first use, which it then was.
     *
     * @param digest what the assertion is told apart by
     * @param until when it would be refused anyway, so that nobody need remember it any longer
     * @return fails where nobody can tell: then the assertion is not good
     */
    Future<Boolean> firstUse(String digest, Instant until);
}
