package dev.hutong.hub.cluster;

import dev.hutong.hub.clients.AssertionReplay;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What one hub knows by itself. */
final class RememberedUses implements AssertionReplay {
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    @Override
    public Future<Boolean> firstUse(String digest, Instant until) {
        return Future.succeededFuture(used.add(digest));
    }
}
