package dev.hutong.hub.telemetry;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Counts requests by operation and status, and takes their times. */
final class RequestMeters {
    private static final String NONE = "none";
    private static final int STATUSES = 600;

    private final Counter requests;
    private final Histogram durations;
    private final OperationTable<Operation> operations;

    RequestMeters(PrometheusRegistry registry) {
        this.requests = Counter.builder()
                .name("hutong_http_requests_total")
                .help("Requests that were answered")
                .labelNames("operation", "status")
                .withoutExemplars()
                .register(registry);
        this.durations = Histogram.builder()
                .name("hutong_http_request_duration_seconds")
                .help("From a request's head to the end of its answer")
                .labelNames("operation")
                .classicOnly()
                .classicUpperBounds(Buckets.REQUESTS)
                .withoutExemplars()
                .register(registry);
        this.operations = new OperationTable<>(Operation::new, new Operation(NONE));
    }

    /** One operation's, found once and then kept: a request looks nothing up by its labels. */
    final class Operation {
        private final String name;
        private volatile @Nullable DistributionDataPoint duration;
        private final AtomicReferenceArray<CounterDataPoint> statusToCount = new AtomicReferenceArray<>(STATUSES);

        Operation(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        void answered(int status, long nanos) {
            int known = status >= 100 && status < STATUSES ? status : 0;
            CounterDataPoint count = statusToCount.get(known);
            if (count == null) {
                count = requests.labelValues(name, Integer.toString(known));
                statusToCount.set(known, count);
            }
            count.inc();
            duration().observe(nanos / Buckets.NANOS);
        }

        /** Made with the first request, so that what nobody asks takes no room at the scrape. */
        private DistributionDataPoint duration() {
            DistributionDataPoint made = duration;
            if (made == null) {
                made = durations.labelValues(name);
                duration = made;
            }
            return made;
        }
    }

    void learn(List<Route> routes) {
        operations.learn(routes);
    }

    Operation of(HttpMethod method, String path) {
        return operations.of(method, path);
    }
}
