package dev.hutong.hub.cluster;

import com.hazelcast.map.IMap;
import dev.hutong.hub.clients.AssertionReplay;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows of the assertions that were used at any hub of the cluster, and goes by this hub's own knowledge where the others do not answer in
 * time: to refuse then would end all tokens within ten minutes because of a cable, while to take one that was used at the other hub in the
 * same moments takes somebody who has read it in spite of TLS and is at the far side of that cut.
 */
final class SharedReplay implements AssertionReplay {
    private static final Logger LOG = LoggerFactory.getLogger(SharedReplay.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int NONCE_OCTETS = 16;

    private final AssertionReplay local;
    private final Supplier<Optional<IMap<byte[], byte[]>>> shared;
    private final Pseudonyms pseudonyms;
    private final Vertx vertx;
    private final InstantSource clock;
    private final AtomicLong unshared = new AtomicLong();
    private volatile boolean told;

    /** @param shared the map of used assertions; empty while there is none */
    SharedReplay(
            AssertionReplay local,
            Supplier<Optional<IMap<byte[], byte[]>>> shared,
            Pseudonyms pseudonyms,
            Vertx vertx,
            InstantSource clock) {
        this.local = local;
        this.shared = shared;
        this.pseudonyms = pseudonyms;
        this.vertx = vertx;
        this.clock = clock;
    }

    @Override
    public Future<Boolean> firstUse(String digest, Instant until) {
        return local.firstUse(digest, until)
                .compose(first -> first ? firstAnywhere(digest, until) : Future.succeededFuture(false));
    }

    /** How many assertions were taken that the other hubs could not be asked about. */
    long unshared() {
        return unshared.get();
    }

    /**
     * A map has no putIfAbsent that does not wait, but it has a put that answers with what was there. Hazelcast may put twice where a
     * member is lost meanwhile; so each use has a nonce of its own, and finding that is no replay.
     */
    private Future<Boolean> firstAnywhere(String digest, Instant until) {
        byte[] use = new byte[NONCE_OCTETS];
        ThreadLocalRandom.current().nextBytes(use);
        return put(pseudonyms.of("assertion", digest), use, until)
                .map(before -> before == null || Arrays.equals(before, use))
                .onSuccess(answered -> told = false)
                .recover(this::goByOwnKnowledge);
    }

    private Future<byte @Nullable []> put(byte[] key, byte[] use, Instant until) {
        try {
            Optional<IMap<byte[], byte[]>> map = shared.get();
            if (map.isEmpty()) {
                return Future.failedFuture("The cluster is not there yet");
            }
            long life = Duration.between(clock.instant(), until).plus(LONGER).toMillis();
            return Future.fromCompletionStage(
                            map.get().putAsync(key, use, life, TimeUnit.MILLISECONDS), vertx.getOrCreateContext())
                    .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) { // it is shutting down, or coming together again
            return Future.failedFuture(e);
        }
    }

    private Future<Boolean> goByOwnKnowledge(Throwable fault) {
        unshared.incrementAndGet();
        if (!told) {
            told = true;
            LOG.warn(
                    "The other hubs cannot be asked which assertions were used there ({}); this one goes by what it knows itself",
                    fault.toString());
        }
        return Future.succeededFuture(true);
    }
}
