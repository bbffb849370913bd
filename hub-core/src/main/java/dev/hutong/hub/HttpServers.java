package dev.hutong.hub;

import dev.hutong.hub.config.HubConfig.Endpoint;
import dev.hutong.hub.config.LimitsConfig;
import dev.hutong.hub.http.Edge;
import dev.hutong.hub.tls.LiveTls;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings up an HTTP server, on as many event loops as it is to have. */
final class HttpServers {
    private static final int LONGEST_HEADERS = 8 * 1024;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    /** For how long a server that is told to end waits for the answers under way; longer than platforms are waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private HttpServers() {}

    /**
     * Listens.
     *
     * @param door where, and by what it proves itself
     * @param routes makes the routes for one event loop
     * @return the URL it listens on, with the real port where 0 was asked for
     * @throws HubStartException where the address cannot be listened on
     */
    static URI listen(Vertx vertx, Door door, int eventLoops, Function<Vertx, Router> routes) {
        String name = door.name();
        Endpoint endpoint = door.endpoint();
        try {
            Endpoint address = settled(endpoint);
            AtomicInteger open = new AtomicInteger();
            vertx.deployVerticle(
                            () -> new Listener(address, door.tls(), routes, open),
                            new DeploymentOptions().setInstances(eventLoops))
                    .await();
            return urlOf(address);
        } catch (Exception e) { // await() throws whatever made it fail, checked or not
            if (isBindFailure(e)) {
                throw new HubStartException(name + ": port " + endpoint.port() + " on " + endpoint.host()
                        + " cannot be listened on (" + rootOf(e).getMessage()
                        + "). Stop what uses it, or give another with "
                        + (name.equals("http") ? "--port" : "--management-port") + ".");
            }
            throw new IllegalStateException(name + ": the server did not come up", e);
        }
    }

    /** The endpoint with a free port's number where it asks for any. Several event loops share a port only if they ask by its number. */
    static Endpoint settled(Endpoint endpoint) throws IOException {
        if (endpoint.port() != 0) {
            return endpoint;
        }
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(endpoint.host()))) {
            return endpoint.withPort(probe.getLocalPort());
        }
    }

    /** Where an endpoint with a port of its own answers. */
    static URI urlOf(Endpoint endpoint) {
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        return URI.create((endpoint.tls().isPresent() ? "https://" : "http://") + host + ":" + endpoint.port());
    }

    private static boolean isBindFailure(Throwable failure) {
        return rootOf(failure) instanceof BindException
                || String.valueOf(rootOf(failure).getMessage()).contains("bind");
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }

    /** One event loop's share of a server; Vert.x spreads connections over those that listen on the same port. */
    private static final class Listener extends VerticleBase {
        private final Endpoint endpoint;
        private final Optional<LiveTls> tls;
        private final Function<Vertx, Router> routes;
        private final AtomicInteger open;
        private @Nullable HttpServer server;

        Listener(Endpoint endpoint, Optional<LiveTls> tls, Function<Vertx, Router> routes, AtomicInteger open) {
            this.endpoint = endpoint;
            this.tls = tls;
            this.routes = routes;
            this.open = open;
        }

        @Override
        public Future<HttpServer> start() {
            HttpServerOptions options = new HttpServerOptions()
                    .setHost(endpoint.host())
                    .setPort(endpoint.port())
                    .setMaxHeaderSize(LONGEST_HEADERS)
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setIdleTimeout(Math.toIntExact(silence(endpoint.limits()).toMillis()))
                    .setHttp2ClearTextEnabled(false)
                    // There are no web sockets here, and each request would pass by what compresses them.
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false);
            HttpServer made = tls.map(live -> withTls(options, live)).orElseGet(() -> vertx.createHttpServer(options));
            Edge.guard(made, vertx, routes.apply(vertx), endpoint.limits(), open);
            server = made;
            return made.listen();
        }

        /** For how long nothing may be read or written; an answer that is being waited for is silence as well. */
        private static Duration silence(LimitsConfig limits) {
            return limits.idle().compareTo(LONGEST_SILENCE) > 0 ? limits.idle() : LONGEST_SILENCE;
        }

        private HttpServer withTls(HttpServerOptions options, LiveTls live) {
            HttpServer made = vertx.createHttpServer(
                    new HttpServerConfig(options).setVersions(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1),
                    live.options());
            live.serves(made);
            return made;
        }

        /** Takes no more requests, and ends once those under way are answered. */
        @Override
        public Future<?> stop() {
            return server == null ? Future.succeededFuture() : server.shutdown(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
