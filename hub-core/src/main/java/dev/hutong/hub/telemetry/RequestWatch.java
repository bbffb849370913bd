package dev.hutong.hub.telemetry;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows each request from its head to the end of its answer, before anything else sees it. Of the request it keeps the operation alone:
 * no path, no query, no header but the request's id and its trace context.
 */
final class RequestWatch implements Handler<RoutingContext> {
    private final RequestId.Maker ids;
    private final @Nullable RequestMeters meters;
    private final @Nullable Traces traces;
    private final @Nullable AccessLog accessLog;

    /** @param meters counts requests; empty where they are not counted */
    RequestWatch(RequestId.Maker ids, Optional<RequestMeters> meters, Optional<Traces> traces, boolean accessLog) {
        this.ids = ids;
        this.meters = meters.orElse(null);
        this.traces = traces.orElse(null);
        this.accessLog = accessLog ? new AccessLog() : null;
    }

    /** Learns which operations there are. */
    void learn(List<Route> routes) {
        if (meters != null) {
            meters.learn(routes);
        }
    }

    @Override
    public void handle(RoutingContext context) {
        String asked = context.request().getHeader(RequestId.HEADER);
        String id = asked != null && RequestId.isTaken(asked) ? asked : ids.next();
        CurrentRequest request = new CurrentRequest(id, span(context.request()));
        request.enter();
        context.response().putHeader(RequestId.HEADER, id);
        if (meters != null) {
            context.addEndHandler(done -> ended(context, request, meters));
        }
        context.next();
    }

    private @Nullable RequestSpan span(HttpServerRequest request) {
        return traces == null ? null : traces.begin(request).orElse(null);
    }

    private void ended(RoutingContext context, CurrentRequest request, RequestMeters measured) {
        long took = System.nanoTime() - request.begun();
        int status = context.response().getStatusCode();
        RequestMeters.Operation operation = measured.of(context.request().method(), path(context));
        operation.answered(status, took);
        String decision = request.decision() == null ? "" : request.decision();
        if (request.span() != null) {
            request.span().end(operation.name(), status, decision);
        }
        if (accessLog != null) {
            accessLog.answered(context, operation.name(), took, decision);
        }
    }

    /** The path by which routes are found: {@code /v1//resolve} is {@code /v1/resolve}. One that cannot be decoded comes to no route. */
    private static String path(RoutingContext context) {
        try {
            return context.normalizedPath();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
