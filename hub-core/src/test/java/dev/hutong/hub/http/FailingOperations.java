package dev.hutong.hub.http;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;

/** Operations that fail in every way that a handler can, each with a secret in what it throws. */
public final class FailingOperations implements Operations {
    private final String secret;

    public FailingOperations(String secret) {
        this.secret = secret;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/throws", context -> {
                    throw new IllegalStateException(secret, new RuntimeException("cause: " + secret));
                })
                .get("/error", context -> {
                    throw new AssertionError(secret);
                })
                .get("/overflow", context -> overflow(1))
                .get("/fails", context -> context.fail(new IllegalStateException(secret)))
                .get("/fails-with-status", context -> context.fail(502, new IllegalStateException(secret)))
                .get("/later", context -> Future.failedFuture(secret).onFailure(context::fail))
                .get(
                        "/worker",
                        context ->
                                context.vertx().executeBlocking(this::failing).onFailure(context::fail))
                .post("/posted", (context, body) -> {
                    throw new IllegalArgumentException(secret + new String(body, StandardCharsets.UTF_8));
                });
    }

    private String failing() {
        throw new IllegalStateException(secret);
    }

    @SuppressWarnings("InfiniteRecursion") // On purpose.
    private int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }
}
