package dev.hutong.hub.http;

import dev.hutong.hub.clients.Caller;
import io.vertx.ext.web.RoutingContext;

/** Who makes a request, as the gate before its operation has found out. */
public final class Callers {
    private static final String KEY = Caller.class.getName();

    private Callers() {}

    public static Caller of(RoutingContext context) {
        return context.get(KEY, Caller.ANONYMOUS);
    }

    /** For the gate that knows. */
    static void set(RoutingContext context, Caller caller) {
        context.put(KEY, caller);
    }
}
