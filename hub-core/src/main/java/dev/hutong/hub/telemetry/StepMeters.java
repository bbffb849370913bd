package dev.hutong.hub.telemetry;

import dev.hutong.hub.resolve.Step;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Keeps the times of steps. It lies on the way of every decision: each step's histogram is found once, by its place. */
final class StepMeters {
    private final Map<Step, DistributionDataPoint> stepToTimes = new EnumMap<>(Step.class);

    StepMeters(PrometheusRegistry registry) {
        Histogram histogram = Histogram.builder()
                .name("hutong_step_duration_seconds")
                .help("How long each step of a decision took, its line of the trace with it")
                .labelNames("step")
                .classicOnly()
                .classicUpperBounds(Buckets.STEPS)
                .withoutExemplars()
                .register(registry);
        for (Step step : Step.values()) {
            stepToTimes.put(step, histogram.labelValues(step.word()));
        }
    }

    void took(Step step, long nanos) {
        Objects.requireNonNull(stepToTimes.get(step)).observe(nanos / Buckets.NANOS);
    }
}
