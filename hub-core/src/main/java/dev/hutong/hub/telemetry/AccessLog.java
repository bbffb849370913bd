package dev.hutong.hub.telemetry;

import dev.hutong.hub.http.Callers;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for every request that was answered: what was asked, not about whom. */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.hutong.access");

    void answered(RoutingContext context, String operation, long nanos, String decision) {
        LOG.atInfo()
                .addKeyValue("operation", operation)
                .addKeyValue("status", context.response().getStatusCode())
                .addKeyValue("millis", String.format(Locale.ROOT, "%.3f", nanos / 1e6))
                .addKeyValue("caller", Callers.of(context).id())
                .addKeyValue("decision", decision)
                .log("answered");
    }
}
