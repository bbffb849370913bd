package dev.hutong.hub.telemetry;

import dev.hutong.hub.config.TelemetryConfig.TracesConfig;
import dev.hutong.hub.resolve.Step;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Traces requests with OpenTelemetry and sends them to a collector by OTLP over HTTP. A request's span has a child for each step.
 *
 * <p>Nothing of the request's content becomes an attribute: neither its path and query nor its headers, and of a decision only the id. Of the
 * caller's trace context (W3C Trace Context) {@code traceparent} is taken over; {@code tracestate}, which may hold anything, is not. Which
 * share is recorded this hub's configuration decides, by the trace's id; a client's sampled flag does not.
 */
final class Traces {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("hutong.operation");
    private static final AttributeKey<String> DECISION = AttributeKey.stringKey("hutong.decision.id");

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long NANOS = 1_000_000_000L;

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final InstantSource clock;

    private Traces(SdkTracerProvider provider, InstantSource clock) {
        this.provider = provider;
        this.tracer = provider.get("dev.hutong.hub");
        this.clock = clock;
    }

    /** Begins to send; what a collector that is away does not take is dropped, and nobody waits for it. */
    static Traces start(TracesConfig config, String hubId, InstantSource clock) {
        String endpoint = config.endpoint().toString();
        String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(base + "/v1/traces")
                .setTimeout(PATIENCE)
                .setMeterProvider(MeterProvider.noop())
                .build();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "hutong",
                        AttributeKey.stringKey("service.instance.id"),
                        hubId)))
                .setSampler(Sampler.traceIdRatioBased(config.sampling()))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMeterProvider(MeterProvider.noop())
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build();
        return new Traces(provider, clock);
    }

    /** The span of a request that has just come; empty where it is none of the share that is recorded. */
    Optional<RequestSpan> begin(HttpServerRequest request) {
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, Traces::traceparent);
        Instant now = clock.instant();
        long nanos = System.nanoTime();
        Span span = tracer.spanBuilder("request")
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(now)
                .startSpan();
        return span.isRecording()
                ? Optional.of(new Recording(span, now.getEpochSecond() * NANOS + now.getNano() - nanos))
                : Optional.empty();
    }

    private final class Recording implements RequestSpan {
        private final Span span;
        private final Context context;
        private final long epoch;

        /** @param epoch what is to be added to {@link System#nanoTime} for nanoseconds since 1970 */
        Recording(Span span, long epoch) {
            this.span = span;
            this.context = Context.root().with(span);
            this.epoch = epoch;
        }

        @Override
        public void took(Step step, long from, long to) {
            tracer.spanBuilder(step.word())
                    .setParent(context)
                    .setStartTimestamp(epoch + from, TimeUnit.NANOSECONDS)
                    .startSpan()
                    .end(epoch + to, TimeUnit.NANOSECONDS);
        }

        @Override
        public void end(String operation, int status, String decision) {
            span.updateName(operation);
            span.setAttribute(OPERATION, operation);
            span.setAttribute(METHOD, operation.split(" ", 2)[0]);
            span.setAttribute(STATUS, Long.valueOf(status));
            if (!decision.isEmpty()) {
                span.setAttribute(DECISION, decision);
            }
            if (status >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end(epoch + System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private static @Nullable String traceparent(@Nullable HttpServerRequest request, String name) {
        return request == null || !name.equals("traceparent") ? null : request.getHeader(name);
    }

    /** Ends; completes once what is left has been sent, or after a few seconds. */
    Future<Void> end() {
        Promise<Void> ended = Promise.promise();
        provider.shutdown().whenComplete(() -> ended.tryComplete());
        return ended.future();
    }
}
