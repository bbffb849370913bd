package dev.hutong.hub.telemetry;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts what was not answered because there was too much of it. */
public final class ShedMeters {
    private final Counter shed;

    ShedMeters(PrometheusRegistry registry) {
        this.shed = Counter.builder()
                .name("hutong_shed_total")
                .help("Requests turned away because of the load")
                .labelNames("reason")
                .withoutExemplars()
                .register(registry);
    }

    /**
     * What counts those that are turned away for this reason; to be asked for once and kept.
     *
     * @param reason one word, of a closed list
     */
    public Runnable counter(String reason) {
        CounterDataPoint count = shed.labelValues(reason);
        return count::inc;
    }
}
