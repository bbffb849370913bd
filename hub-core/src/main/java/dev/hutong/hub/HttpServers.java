package dev.hutong.hub;

import dev.hutong.hub.config.HubConfig.Endpoint;
import dev.hutong.hub.http.Routes;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings up an HTTP server, on as many event loops as it is to have. */
final class HttpServers {
    private static final int LONGEST_HEADERS = 8 * 1024;

    /** For how long a server that is told to end waits for the answers under way; longer than platforms are waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private HttpServers() {}

    /**
     * Listens.
     *
     * @param name what the endpoint is called in the configuration
     * @param routes makes the routes for one event loop
     * @return the URL it listens on, with the real port where 0 was asked for
     * @throws HubStartException where the address cannot be listened on
     */
    static URI listen(Vertx vertx, String name, Endpoint endpoint, int eventLoops, Function<Vertx, Router> routes) {
        try {
            Endpoint address = settled(endpoint);
            vertx.deployVerticle(() -> new Listener(address, routes), new DeploymentOptions().setInstances(eventLoops))
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
        return URI.create("http://" + host + ":" + endpoint.port());
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
        private final Function<Vertx, Router> routes;
        private @Nullable HttpServer server;

        Listener(Endpoint endpoint, Function<Vertx, Router> routes) {
            this.endpoint = endpoint;
            this.routes = routes;
        }

        @Override
        public Future<HttpServer> start() {
            HttpServerOptions options = new HttpServerOptions()
                    .setHost(endpoint.host())
                    .setPort(endpoint.port())
                    .setMaxHeaderSize(LONGEST_HEADERS)
                    .setIdleTimeout(60)
                    .setHttp2ClearTextEnabled(false);
            server = vertx.createHttpServer(options)
                    .requestHandler(routes.apply(vertx))
                    .invalidRequestHandler(Routes::answerMalformed);
            return server.listen();
        }

        /** Takes no more requests, and ends once those under way are answered. */
        @Override
        public Future<?> stop() {
            return server == null ? Future.succeededFuture() : server.shutdown(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
