package dev.hutong.hub.telemetry;

import dev.hutong.hub.config.TelemetryConfig;
import dev.hutong.hub.resolve.Decision;
import dev.hutong.hub.resolve.Observer;
import dev.hutong.hub.resolve.Step;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** All that a hub measures and traces, in one place to be wired and to be ended. */
public final class Telemetry {
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RuntimeMeters runtime = new RuntimeMeters();
    private final EventLoops eventLoops;
    private final RequestMeters requests;
    private final Backlogs backlogs;
    private final Optional<Traces> traces;
    private final RequestWatch verifiers;
    private final RequestWatch operators;
    private final Observer observer;

    private Telemetry(TelemetryConfig config, String hubId, InstantSource clock) {
        PrometheusRegistry registry = meters.getPrometheusRegistry();
        runtime.bindTo(meters);
        this.eventLoops = new EventLoops(registry);
        this.requests = new RequestMeters(registry);
        this.backlogs = new Backlogs(registry);
        this.traces = config.traces().map(where -> Traces.start(where, hubId, clock));
        RequestId.Maker ids = new RequestId.Maker();
        this.verifiers = new RequestWatch(ids, Optional.of(requests), traces, config.accessLog());
        this.operators = new RequestWatch(ids, Optional.empty(), Optional.empty(), false);
        this.observer = new Watching(new StepMeters(registry), new DecisionMeters(registry));
    }

    /** Begins to measure, and to trace where that is configured. */
    public static Telemetry start(TelemetryConfig config, String hubId, InstantSource clock) {
        return new Telemetry(config, hubId, clock);
    }

    /** One that nobody looks at, for what is not to be counted. */
    public static Telemetry unseen(InstantSource clock) {
        return new Telemetry(TelemetryConfig.DEFAULT, "", clock);
    }

    /** Where meters are registered, and what is scraped. */
    public PrometheusMeterRegistry meters() {
        return meters;
    }

    /** Where collectors are registered that make their labels at the scrape. */
    public PrometheusRegistry collectors() {
        return meters.getPrometheusRegistry();
    }

    /** To be told how decisions are made. */
    public Observer observer() {
        return observer;
    }

    /** What waits to be done, to be measured. */
    public Backlogs backlogs() {
        return backlogs;
    }

    /** The event loops that answer. */
    public EventLoops eventLoops() {
        return eventLoops;
    }

    /** These routes, each request followed: its id, its metrics, its trace. */
    public Function<Vertx, Router> ofVerifiers(Function<Vertx, Router> routes) {
        return vertx -> watched(vertx, routes, verifiers);
    }

    /** These routes, each request with its id. What operators ask is not counted. */
    public Function<Vertx, Router> ofOperators(Function<Vertx, Router> routes) {
        return vertx -> watched(vertx, routes, operators);
    }

    private Router watched(Vertx vertx, Function<Vertx, Router> routes, RequestWatch watch) {
        eventLoops.watch(vertx);
        Router router = routes.apply(vertx);
        watch.learn(router.getRoutes());
        router.route().order(Integer.MIN_VALUE).handler(watch);
        return router;
    }

    /** Ends; completes once the traces that are left have been sent, or a few seconds have passed. */
    public Future<Void> end() {
        runtime.close();
        return traces.map(Traces::end).orElseGet(Future::succeededFuture);
    }

    /** What the decisions tell: their steps and what they came to. */
    private record Watching(StepMeters steps, DecisionMeters decisions) implements Observer {
        @Override
        public void took(Step step, long from, long to) {
            steps.took(step, to - from);
            CurrentRequest request = CurrentRequest.current();
            if (request != null && request.span() != null) {
                request.span().took(step, from, to);
            }
        }

        @Override
        public void decided(Decision decision) {
            decisions.count(decision);
            CurrentRequest request = CurrentRequest.current();
            if (request != null) {
                request.decided(decision.id());
            }
        }
    }
}
