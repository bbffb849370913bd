package dev.hutong.hub;

import dev.hutong.hub.log.BackgroundLoop;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryStorageException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the registry's snapshot confirmed: looks at the log again and again, for as long as the hub runs and whatever goes wrong. */
final class RegistryFollower {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryFollower.class);

    private final Registry registry;
    private final RegistryWatch watch;
    private final BackgroundLoop loop;
    private volatile @Nullable String fault;

    private RegistryFollower(Vertx vertx, Registry registry, RegistryWatch watch, Duration poll) {
        this.registry = registry;
        this.watch = watch;
        this.loop = BackgroundLoop.start(vertx, poll, this::look);
    }

    static RegistryFollower start(Vertx vertx, Registry registry, RegistryWatch watch, Duration poll) {
        return new RegistryFollower(vertx, registry, watch, poll);
    }

    /** Looks at once, and not only when it is time. May be called by any thread, and returns before it has looked. */
    void lookNow() {
        loop.hasten();
    }

    /** Why the last look at the log failed, in one line that holds no secret; empty where it did not. */
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** Says once that it fails and once that it works again, not at every look. */
    private void look() {
        try {
            registry.refresh();
            watch.look();
            if (fault != null) {
                LOG.info("The registry can be read again");
            }
            fault = null;
        } catch (RuntimeException e) {
            if (fault == null) {
                LOG.error(
                        "The registry cannot be read; deciding goes on from what was confirmed at {}",
                        registry.confirmedAt(),
                        e);
            }
            fault = inOneLine(e);
        }
    }

    /** Only the store's own failures are worded for operators. */
    private static String inOneLine(RuntimeException failure) {
        String text = failure instanceof RegistryStorageException
                ? String.valueOf(failure.getMessage())
                : "The hub failed (" + failure.getClass().getSimpleName() + "): look into its log";
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    }
}
