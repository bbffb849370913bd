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

/**
 * Keeps the registry's snapshot confirmed: looks at the log again and again, for as long as the hub runs and whatever goes wrong. Lints what
 * is known of the registry as often, also while the log cannot be read: keys grow old all the same.
 */
final class RegistryFollower {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryFollower.class);

    private final Registry registry;
    private final RegistryWatch watch;
    private final BackgroundLoop loop;
    private volatile @Nullable String fault;
    private boolean lintFails;

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

    /**
     * What is wrong with the store, in one line that holds no secret: why the last look at the log failed, or else why nothing could be
     * appended, as long as a trial at every look shows that nothing could be still. Empty where all is well.
     */
    Optional<String> fault() {
        return Optional.ofNullable(fault).or(() -> registry.writeFault().map(RegistryFollower::inOneLine));
    }

    private void look() {
        follow();
        lint();
    }

    /** Says once that it fails and once that it works again, not at every look. */
    private void follow() {
        try {
            registry.refresh();
            registry.tryStore();
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

    private void lint() {
        try {
            watch.look();
            lintFails = false;
        } catch (RuntimeException bug) {
            if (!lintFails) {
                LOG.error(
                        "The registry cannot be linted; what was found at {} stands",
                        watch.latest().at(),
                        bug);
            }
            lintFails = true;
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
