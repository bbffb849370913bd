package dev.hutong.hub.tls;

import dev.hutong.registry.lint.LintFinding;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The endpoints of a hub that speak TLS; none, one or both. */
public record TlsEndpoints(List<LiveTls> endpoints, InstantSource clock) {
    public TlsEndpoints {
        endpoints = List.copyOf(endpoints);
    }

    /** Begins to look at all their files, and to measure them; not to be called on an event loop. */
    public void follow(Vertx vertx, MeterRegistry meters) {
        endpoints.forEach(tls -> {
            new TlsMeters(tls, clock).bindTo(meters);
            tls.follow(vertx);
        });
    }

    /** What an operator should look after. */
    public List<LintFinding> findings() {
        return endpoints.stream().flatMap(tls -> tls.findings().stream()).toList();
    }

    /** What {@code openapi.yaml} calls {@code tls} in {@code Readiness}. */
    public JsonArray describe() {
        JsonArray described = new JsonArray();
        endpoints.forEach(tls -> described.add(new JsonObject()
                .put("endpoint", tls.endpoint())
                .put("expires", tls.expires().toString())
                .put(
                        "usableSecondsAgo",
                        Duration.between(tls.usableAt(), clock.instant()).toSeconds())
                .put("fault", tls.fault().orElse(null))));
        return described;
    }
}
