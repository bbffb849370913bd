package dev.hutong.hub.telemetry;

import dev.hutong.province.CircuitBreakingPlatformClient;
import dev.hutong.province.CircuitBreakingPlatformClient.BreakerState;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** Shows how the circuit breaker of each issuer's platform stands. Platforms are those of the registry. */
public final class PlatformMeters {
    private PlatformMeters() {}

    /** Registers them. */
    public static void register(CircuitBreakingPlatformClient platforms, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("hutong_platform_breaker")
                .help("1 for the state in which the circuit breaker of an issuer's platform is, 0 for the others")
                .labelNames("platform", "state")
                .callback(found -> platforms.states().forEach((platform, state) -> {
                    for (BreakerState one : BreakerState.values()) {
                        found.call(one == state ? 1 : 0, platform, one.name().toLowerCase(Locale.ROOT));
                    }
                }))
                .register(registry);
    }
}
