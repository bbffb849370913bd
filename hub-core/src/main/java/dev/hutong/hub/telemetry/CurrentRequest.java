package dev.hutong.hub.telemetry;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request that is being answered. It goes with Vert.x's context, of which every request has one of its own, so that it is the right one
 * behind every {@code Future} as well.
 */
public final class CurrentRequest {
    private static final ContextLocal<CurrentRequest> LOCAL = ContextLocal.registerLocal(CurrentRequest.class);

    private final String id;
    private final long begun = System.nanoTime();
    private final @Nullable RequestSpan span;
    private @Nullable String decision;

    CurrentRequest(String id, @Nullable RequestSpan span) {
        this.id = id;
        this.span = span;
    }

    /** Registers where requests are kept before any Vert.x is made; named in {@code META-INF/services}. */
    public static final class Registration implements VertxServiceProvider {
        @Override
        public void init(VertxBootstrap vertx) {
            // That CurrentRequest is initialised is all: Vert.x fixes the number of its locals when it comes up.
            Objects.requireNonNull(LOCAL);
        }
    }

    /** The id of the request that this thread works for; empty where it works for none. */
    public static Optional<String> currentId() {
        CurrentRequest current = current();
        return current == null ? Optional.empty() : Optional.of(current.id);
    }

    /** What is done in this context, too, is done for the request that this thread works for; nothing where it works for none. */
    public static void continueIn(Context other) {
        CurrentRequest current = current();
        if (current != null) {
            LOCAL.put(other, current);
        }
    }

    static @Nullable CurrentRequest current() {
        Context context = Vertx.currentContext();
        return context == null ? null : LOCAL.get(context);
    }

    /** This thread works for it from now on. */
    void enter() {
        Context context = Vertx.currentContext();
        if (context != null) {
            LOCAL.put(context, this);
        }
    }

    String id() {
        return id;
    }

    /** When it came, by {@link System#nanoTime}. */
    long begun() {
        return begun;
    }

    /** Its span; null where it is not traced. */
    @Nullable
    RequestSpan span() {
        return span;
    }

    /**
     * The id of what was decided, any where there are several; null where nothing was. A batch is decided on several event loops, each of which
     * hands its answers over to the one that asks here.
     */
    @Nullable
    String decision() {
        return decision;
    }

    void decided(String decisionId) {
        this.decision = decisionId;
    }
}
