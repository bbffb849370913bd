package dev.hutong.hub.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;

/** One server's operations, group by group. */
public final class HttpApi {
    private final List<Operations> groups;

    public HttpApi(List<Operations> groups) {
        this.groups = List.copyOf(groups);
    }

    /** The routes, for one event loop. */
    public Router router(Vertx vertx) {
        Routes routes = new Routes(Router.router(vertx));
        groups.forEach(group -> group.mount(routes));
        return routes.router();
    }
}
