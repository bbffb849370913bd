package dev.hutong.hub.telemetry;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Watches event loops: each is to do a nothing every tenth of a second, and how much later than that it comes to it is its delay. */
public final class EventLoops {
    private static final Duration EVERY = Duration.ofMillis(100);

    /** A loop that has not turned for so long answers nobody. */
    private static final Duration STUCK = Duration.ofSeconds(5);

    private final List<Loop> loops = new CopyOnWriteArrayList<>();
    private final DistributionDataPoint delays;

    EventLoops(PrometheusRegistry registry) {
        this.delays = Histogram.builder()
                .name("hutong_event_loop_delay_seconds")
                .help("How much later than due an event loop came to a timer")
                .classicOnly()
                .classicUpperBounds(Buckets.DELAYS)
                .withoutExemplars()
                .register(registry);
    }

    /** Watches the event loop that calls, for as long as what was deployed on it lasts. */
    void watch(Vertx vertx) {
        Loop loop = new Loop(vertx);
        loops.add(loop);
        loop.awaitNext();
    }

    /** How many stand still, in words; empty where all turn. */
    public Optional<String> fault() {
        long now = System.nanoTime();
        long stuck = loops.stream()
                .filter(loop -> now - loop.turned > STUCK.toNanos())
                .count();
        return stuck == 0
                ? Optional.empty()
                : Optional.of(stuck + " of " + loops.size() + " event loops have stood still for more than "
                        + STUCK.toSeconds() + " s");
    }

    private final class Loop {
        private final Vertx vertx;
        private volatile long turned = System.nanoTime();

        Loop(Vertx vertx) {
            this.vertx = vertx;
        }

        void awaitNext() {
            long due = System.nanoTime() + EVERY.toNanos();
            vertx.setTimer(EVERY.toMillis(), timer -> {
                long now = System.nanoTime();
                delays.observe(Math.max(0, now - due) / Buckets.NANOS);
                turned = now;
                awaitNext();
            });
        }
    }
}
