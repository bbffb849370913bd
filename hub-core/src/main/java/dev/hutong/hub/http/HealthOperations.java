package dev.hutong.hub.http;

import dev.hutong.hub.federation.FreshRegistry;
import dev.hutong.hub.ledger.LedgerStanding;
import dev.hutong.hub.log.Witnesses;
import dev.hutong.hub.rules.LiveRules;
import dev.hutong.hub.telemetry.Readiness;
import dev.hutong.hub.tls.TlsEndpoints;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.registry.BreakGlassAlarm;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.SignatureProviders;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What operators ask on the management port: is the process alive, and may it be sent codes. */
public final class HealthOperations implements Operations {
    private final Readiness readiness;
    private final FreshRegistry fresh;
    private final Supplier<Optional<String>> storeFault;
    private final SignatureProviders providers;
    private final Witnesses witnesses;
    private final LiveRules rules;
    private final Supplier<LedgerStanding> ledger;
    private final TlsEndpoints tls;

    /**
     * @param readiness decides
     * @param storeFault why the registry's store cannot be read or written, in one line without secrets; empty where it can
     */
    public HealthOperations(
            Readiness readiness,
            FreshRegistry fresh,
            Supplier<Optional<String>> storeFault,
            SignatureProviders providers,
            Witnesses witnesses,
            LiveRules rules,
            Supplier<LedgerStanding> ledger,
            TlsEndpoints tls) {
        this.readiness = readiness;
        this.fresh = fresh;
        this.storeFault = storeFault;
        this.providers = providers;
        this.witnesses = witnesses;
        this.rules = rules;
        this.ledger = ledger;
        this.tls = tls;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/health/live", context -> answer(context, 200, new JsonObject().put("status", "UP")))
                .get("/health/ready", this::ready);
    }

    /** Ready as long as no check fails that is needed. */
    private void ready(RoutingContext context) {
        Instant now = fresh.clock().instant();
        Duration age = Duration.between(fresh.registry().confirmedAt(), now);
        List<Readiness.State> states = readiness.look();
        boolean ready = Readiness.isReady(states);
        LedgerStanding kept = ledger.get();
        RegistrySnapshot snapshot = fresh.registry().snapshot();
        answer(
                context,
                ready ? 200 : 503,
                new JsonObject()
                        .put("status", ready ? "UP" : "DOWN")
                        .put("checks", checks(states))
                        .put("registry", registry(snapshot, age))
                        .put("ledger", ledger(kept))
                        .put("alarms", alarms(snapshot, now))
                        .put("rules", rules(now))
                        .put("log", witnesses.describe())
                        .put("signatures", signatures())
                        .put("tls", tls.describe())
                        .put("nativeTransport", context.vertx().isNativeTransportEnabled()));
    }

    private static JsonArray checks(List<Readiness.State> states) {
        JsonArray checks = new JsonArray();
        states.forEach(state -> checks.add(new JsonObject()
                .put("check", state.check().name())
                .put("status", state.isUp() ? "UP" : "DOWN")
                .put("needed", state.check().needed())
                .put("since", state.since().toString())
                .put("fault", state.fault().orElse(null))));
        return checks;
    }

    private JsonObject registry(RegistrySnapshot snapshot, Duration age) {
        return new JsonObject()
                .put("size", snapshot.checkpoint().size())
                .put("issuers", snapshot.issuerCount())
                .put("confirmedSecondsAgo", age.toSeconds())
                .put("oldestSeconds", fresh.oldest().toSeconds())
                .put("storeFault", storeFault.get().orElse(null));
    }

    private static JsonObject ledger(LedgerStanding standing) {
        return new JsonObject()
                .put("state", standing.state().name())
                .put("blocks", standing.blocks())
                .put("queued", standing.queued())
                .put("lagMillis", standing.lag().toMillis())
                .put("spooled", standing.spooled())
                .put("fault", standing.fault().orElse(null));
    }

    /** What judges, and why something else that should does not. */
    private JsonObject rules(Instant now) {
        JsonArray inForce = new JsonArray();
        rules.inForce().at(now).formats().packages().stream()
                .map(FormatPackage::versioned)
                .sorted()
                .forEach(inForce::add);
        JsonArray faults = new JsonArray();
        rules.faults()
                .forEach(fault -> faults.add(new JsonObject()
                        .put("kind", fault.kind().name())
                        .put("subject", fault.subject())
                        .put("detail", fault.detail())));
        return new JsonObject().put("inForce", inForce).put("faults", faults);
    }

    private JsonObject signatures() {
        JsonObject signatures = new JsonObject();
        providers.names().forEach((algorithm, name) -> signatures.put(algorithm.jose(), name));
        return signatures.put("degraded", providers.degraded());
    }

    /** What people must look into, though the hub can go on. */
    private static JsonArray alarms(RegistrySnapshot snapshot, Instant now) {
        JsonArray alarms = new JsonArray();
        BreakGlassAlarm.in(snapshot, now)
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
