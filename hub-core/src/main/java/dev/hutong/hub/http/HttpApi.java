package dev.hutong.hub.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One server's operations, group by group. */
public final class HttpApi {
    private final List<Handler<RoutingContext>> gates;
    private final List<Operations> groups;

    /** @param gates what every request passes, in this order, before it comes to its operation */
    public HttpApi(List<Handler<RoutingContext>> gates, List<Operations> groups) {
        this.gates = List.copyOf(gates);
        this.groups = List.copyOf(groups);
    }

    /** Every method with its path, as Vert.x writes it, such as {@code GET /v1/issuers/:id}; HEAD goes with GET and is not told. */
    public Set<String> operations(Vertx vertx) {
        return router(vertx).getRoutes().stream()
                .filter(route -> route.getPath() != null && route.methods() != null)
                .flatMap(route -> route.methods().stream().map(method -> method + " " + route.getPath()))
                .filter(operation -> !operation.startsWith("HEAD "))
                .collect(Collectors.toSet());
    }

    /** The routes, for one event loop. */
    public Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        gates.forEach(gate -> router.route().handler(gate));
        Routes routes = new Routes(router);
        groups.forEach(group -> group.mount(routes));
        return routes.router();
    }
}
