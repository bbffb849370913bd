package dev.hutong.hub.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;

/** The hub's metrics in Prometheus' text format, for the management port. */
public final class MetricsOperations implements Operations {
    /** Prometheus' exposition formats, text format 0.0.4. */
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry meters;

    public MetricsOperations(PrometheusMeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void mount(Routes routes) {
        routes.get(
                "/metrics", context -> Routes.answer(context, TEXT_FORMAT, "no-store", Buffer.buffer(meters.scrape())));
    }
}
