package dev.hutong.hub;

import dev.hutong.registry.Registry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the registry's snapshot confirmed: looks at the log again and again, for as long as the hub runs and whatever goes wrong. */
final class RegistryFollower {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryFollower.class);

    private final Registry registry;
    private final RegistryWatch watch;
    private final AtomicBoolean failing = new AtomicBoolean();

    private RegistryFollower(Registry registry, RegistryWatch watch) {
        this.registry = registry;
        this.watch = watch;
    }

    static void start(Vertx vertx, Registry registry, RegistryWatch watch, Duration poll) {
        new RegistryFollower(registry, watch).lookEvery(poll, vertx);
    }

    /** The next look is due when the last one has ended, so that slow ones never pile up. */
    private void lookEvery(Duration poll, Vertx vertx) {
        vertx.setTimer(
                poll.toMillis(),
                timer -> vertx.executeBlocking(() -> {
                            look();
                            return timer;
                        })
                        .onComplete(looked -> lookEvery(poll, vertx)));
    }

    /** Says once that it fails and once that it works again, not at every look. */
    private void look() {
        try {
            registry.refresh();
            watch.look();
            if (failing.compareAndSet(true, false)) {
                LOG.info("The registry can be read again");
            }
        } catch (RuntimeException e) {
            if (failing.compareAndSet(false, true)) {
                LOG.error(
                        "The registry cannot be read; deciding goes on from what was confirmed at {}",
                        registry.confirmedAt(),
                        e);
            }
        }
    }
}
