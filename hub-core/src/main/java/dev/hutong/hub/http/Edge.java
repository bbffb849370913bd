package dev.hutong.hub.http;

import dev.hutong.hub.config.LimitsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a server meets the network: connections are counted and timed, every answer gets its security headers, and only a request that
 * everybody reads alike comes to the routes. One for each event loop.
 */
public final class Edge {
    private final Router router;
    private final ConnectionWatch watch;

    private Edge(Router router, ConnectionWatch watch) {
        this.router = router;
        this.watch = watch;
    }

    /**
     * Puts itself before the routes of a server that does not listen yet; on the event loop that it will listen on.
     *
     * @param open how many connections the endpoint has, over all its event loops
     */
    public static void guard(HttpServer server, Vertx vertx, Router router, LimitsConfig limits, AtomicInteger open) {
        ConnectionWatch watch = new ConnectionWatch(limits, open);
        Edge edge = new Edge(router, watch);
        server.connectionHandler(watch::opened)
                .requestHandler(edge::answer)
                .invalidRequestHandler(edge::answerMalformed);
        watch.start(vertx);
    }

    private void answer(HttpServerRequest request) {
        if (watch.asked(request)) {
            SecurityHeaders.put(request);
            RequestForm.faultIn(request).ifPresentOrElse(fault -> refuse(request, fault), () -> router.handle(request));
        }
    }

    private void answerMalformed(HttpServerRequest request) {
        if (watch.asked(request)) {
            SecurityHeaders.put(request);
            refuse(request, Routes.malformation(request));
        }
    }

    private void refuse(HttpServerRequest request, ProblemType fault) {
        watch.refused(request.connection());
        Problem.of(fault).answerAndEnd(request);
    }
}
