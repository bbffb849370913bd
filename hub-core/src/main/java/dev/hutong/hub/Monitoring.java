package dev.hutong.hub;

import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.http.Callers;
import dev.hutong.hub.http.HttpApi;
import dev.hutong.hub.http.MetricsOperations;
import dev.hutong.hub.ledger.AuditLedger;
import dev.hutong.hub.ledger.LedgerMeters;
import dev.hutong.hub.log.BackgroundLoop;
import dev.hutong.hub.resolve.Observer;
import dev.hutong.hub.rules.LiveRules;
import dev.hutong.hub.telemetry.PlatformMeters;
import dev.hutong.hub.telemetry.Readiness;
import dev.hutong.hub.telemetry.Readiness.Check;
import dev.hutong.hub.telemetry.ReadinessMeters;
import dev.hutong.hub.telemetry.SignatureMeters;
import dev.hutong.hub.telemetry.Telemetry;
import dev.hutong.hub.tls.TlsEndpoints;
import dev.hutong.hub.warmup.WarmUp;
import dev.hutong.province.CircuitBreakingPlatformClient;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * What a running hub shows its operators: metrics, traces, and whether it is ready. A verticle, so that it ends with whatever else Vert.x runs.
 */
final class Monitoring extends VerticleBase {
    /** How often readiness is looked at, so that it is known to the second since when something fails. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Telemetry telemetry;
    private final WarmUp warmUp;

    /** Held here, since a meter holds what it measures only weakly. */
    private final List<MeterBinder> measured = new CopyOnWriteArrayList<>();

    private final HttpApi operators;

    /** What is watched. */
    record Watched(HubRegistry trust, LiveRules rules, AuditLedger ledger, TlsEndpoints tls) {}

    private Monitoring(Vertx vertx, HubConfig config, Watched watched) {
        HubRegistry trust = watched.trust();
        LiveRules rules = watched.rules();
        AuditLedger ledger = watched.ledger();
        InstantSource clock = trust.clock();
        this.telemetry = Telemetry.start(config.telemetry(), config.id(), clock);
        this.warmUp = new WarmUp(vertx, config.warmUp().limit(), rules);
        List<Check> checks = new ArrayList<>(trust.checks());
        SelfTest selfTest = SelfTest.start(vertx, trust.providers());
        checks.add(new Check("signatures", true, selfTest::fault));
        checks.add(new Check("ledger", true, () -> ledger.standing().obstacle()));
        checks.add(new Check("rules", true, () -> faultIn(rules, clock)));
        checks.add(new Check("eventLoops", true, () -> telemetry.eventLoops().fault()));
        checks.add(new Check("warmUp", true, warmUp::fault));
        Readiness readiness = new Readiness(checks, clock);
        BackgroundLoop.start(vertx, LOOK, readiness::look);
        measure(trust.meters());
        measure(new RulesMeters(rules));
        measure(new LedgerMeters(ledger::standing));
        watched.tls().follow(vertx, meters());
        measure(new SignatureMeters(trust.providers()));
        ReadinessMeters.register(readiness, telemetry.collectors());
        this.operators = new HttpApi(
                List.of(Callers.OPEN), // whoever reaches the management port is an operator
                List.of(
                        trust.health(readiness, rules, ledger::standing, watched.tls()),
                        new MetricsOperations(meters())));
    }

    /** Begins; not to be called on an event loop. */
    static Monitoring start(Vertx vertx, HubConfig config, Watched watched) {
        Monitoring monitoring = new Monitoring(vertx, config, watched);
        vertx.deployVerticle(monitoring).await();
        return monitoring;
    }

    /** Measures this from now on. */
    void measure(MeterBinder binder) {
        measured.add(binder);
        binder.bindTo(meters());
    }

    /** What operators ask. */
    HttpApi operators() {
        return operators;
    }

    /** The same, for one event loop. */
    Function<Vertx, Router> ofOperators() {
        return telemetry.ofOperators(operators::router);
    }

    /** What verifiers ask, each request followed. */
    Function<Vertx, Router> ofVerifiers(HttpApi api) {
        return telemetry.ofVerifiers(api::router);
    }

    /** To be told how decisions are made. */
    Observer observer() {
        return telemetry.observer();
    }

    PrometheusMeterRegistry meters() {
        return telemetry.meters();
    }

    /** The same, its breakers measured. */
    CircuitBreakingPlatformClient watched(CircuitBreakingPlatformClient platforms) {
        PlatformMeters.register(platforms, telemetry.collectors());
        return platforms;
    }

    /** The same, its length measured. */
    BackgroundQueue watched(BackgroundQueue queue) {
        telemetry.backlogs().watch(queue);
        return queue;
    }

    /** Resolves codes of nobody's until the way of a code is compiled, so that the first verifier is not slower than the thousandth. */
    void warmUp() {
        warmUp.run();
    }

    private static Optional<String> faultIn(LiveRules rules, InstantSource clock) {
        return rules.inForce().at(clock.instant()).formats().packages().isEmpty()
                ? Optional.of("no format's rules are in force: every code is UNKNOWN_FORMAT")
                : Optional.empty();
    }

    @Override
    public Future<?> stop() {
        return telemetry.end();
    }
}
