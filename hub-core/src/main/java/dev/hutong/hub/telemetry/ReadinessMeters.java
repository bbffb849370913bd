package dev.hutong.hub.telemetry;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Shows each check of {@link Readiness} as the management port's {@code /health/ready} does. */
public final class ReadinessMeters {
    private ReadinessMeters() {}

    /** Registers them. */
    public static void register(Readiness readiness, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("hutong_check_up")
                .help(
                        "1 where a check of readiness is well, 0 where it fails; needed says whether the hub is unready then")
                .labelNames("check", "needed")
                .callback(found -> readiness
                        .look()
                        .forEach(state -> found.call(
                                state.isUp() ? 1 : 0,
                                state.check().name(),
                                Boolean.toString(state.check().needed()))))
                .register(registry);
    }
}
