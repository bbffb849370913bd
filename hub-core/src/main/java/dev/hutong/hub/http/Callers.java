package dev.hutong.hub.http;

import dev.hutong.hub.clients.Caller;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Who makes a request, as the gate before its operation has found out: nobody, who may do nothing, unless a gate has said otherwise. */
public final class Callers {
    private static final String KEY = Caller.class.getName();

    /** The gate of a hub that does not ask who its clients are. */
    public static final Handler<RoutingContext> OPEN = context -> {
        set(context, Caller.ANONYMOUS);
        context.next();
    };

    private Callers() {}

    public static Caller of(RoutingContext context) {
        return context.get(KEY, Caller.NOBODY);
    }

    /** For the gate that knows. */
    static void set(RoutingContext context, Caller caller) {
        context.put(KEY, caller);
    }
}
