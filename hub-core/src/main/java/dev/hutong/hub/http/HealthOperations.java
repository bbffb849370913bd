package dev.hutong.hub.http;

import dev.hutong.hub.log.Witnesses;
import dev.hutong.registry.BreakGlassAlarm;
import dev.hutong.registry.Registry;
import dev.hutong.registry.jose.SignatureProviders;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;

/** What operators ask on the management port: is the process alive, and may it be sent codes. */
public final class HealthOperations implements Operations {
    private final Registry registry;
    private final Duration oldestRegistry;
    private final SignatureProviders providers;
    private final Witnesses witnesses;
    private final InstantSource clock;

    public HealthOperations(
            Registry registry,
            Duration oldestRegistry,
            SignatureProviders providers,
            Witnesses witnesses,
            InstantSource clock) {
        this.registry = registry;
        this.oldestRegistry = oldestRegistry;
        this.providers = providers;
        this.witnesses = witnesses;
        this.clock = clock;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/health/live", context -> answer(context, 200, new JsonObject().put("status", "UP")))
                .get("/health/ready", this::ready);
    }

    /** Ready as long as the registry has been confirmed lately enough to decide by. */
    private void ready(RoutingContext context) {
        Duration age = Duration.between(registry.confirmedAt(), clock.instant());
        boolean fresh = age.compareTo(oldestRegistry) <= 0;
        JsonObject signatures = new JsonObject();
        providers.names().forEach((algorithm, name) -> signatures.put(algorithm.jose(), name));
        answer(
                context,
                fresh ? 200 : 503,
                new JsonObject()
                        .put("status", fresh ? "UP" : "DOWN")
                        .put(
                                "registry",
                                new JsonObject()
                                        .put(
                                                "size",
                                                registry.snapshot().checkpoint().size())
                                        .put(
                                                "issuers",
                                                registry.snapshot().issuers().size())
                                        .put("confirmedSecondsAgo", age.toSeconds())
                                        .put("oldestSeconds", oldestRegistry.toSeconds()))
                        .put("alarms", alarms())
                        .put("log", witnesses.describe())
                        .put("signatures", signatures.put("degraded", providers.degraded()))
                        .put("nativeTransport", context.vertx().isNativeTransportEnabled()));
    }

    /** What people must look into, though the hub can go on. */
    private JsonArray alarms() {
        JsonArray alarms = new JsonArray();
        BreakGlassAlarm.in(registry.snapshot(), clock.instant())
                .forEach(alarm -> alarms.add(new JsonObject()
                        .put("kind", alarm.overdue() ? "BREAK_GLASS_OVERDUE" : "BREAK_GLASS_UNCONFIRMED")
                        .put("text", alarm.text())));
        return alarms;
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.toBuffer());
    }
}
