package dev.hutong.hub.telemetry;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Measures what waits to be done. */
public final class Backlogs {
    private final List<Backlog> backlogs = new CopyOnWriteArrayList<>();

    /** Things that wait their turn. Asked at every scrape, from any thread; it must not block. */
    public interface Backlog {
        /** What waits, one word; the metric's label {@code queue}. */
        String name();

        /** How many wait. */
        long waiting();

        /** For how long the one at the head has been waiting, in seconds; 0 where none is, or nobody knows. */
        default double lagSeconds() {
            return 0;
        }
    }

    Backlogs(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("hutong_queue_depth")
                .help("What waits to be done")
                .labelNames("queue")
                .callback(found -> backlogs.forEach(one -> found.call((double) one.waiting(), one.name())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("hutong_queue_lag_seconds")
                .help("For how long the one at the head has been waiting")
                .labelNames("queue")
                .callback(found -> backlogs.forEach(one -> found.call(one.lagSeconds(), one.name())))
                .register(registry);
    }

    /** Measures this one from now on. */
    public void watch(Backlog backlog) {
        backlogs.add(backlog);
    }
}
