package dev.hutong.hub.http;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;

/** What anybody may look up in the {@link Directory}. */
public final class DirectoryOperations implements Operations {
    private final Directory directory;

    public DirectoryOperations(Directory directory) {
        this.directory = directory;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/v1/formats", answering(MediaTypes.JSON, context -> Optional.of(directory.formats())))
                .get("/v1/issuers", answering(MediaTypes.JSON, context -> Optional.of(directory.issuers())))
                .get(
                        "/v1/issuers/:id/jwks.json",
                        answering(MediaTypes.JWK_SET, context -> directory.keysOf(context.pathParam("id"))))
                .get(
                        "/.well-known/jwks.json",
                        answering(MediaTypes.JWK_SET, context -> Optional.of(directory.hubKeys())));
    }

    /** Answers with a document, or that there is none. */
    private static Handler<RoutingContext> answering(
            String mediaType, Function<RoutingContext, Optional<JsonObject>> document) {
        return context -> document.apply(context)
                .ifPresentOrElse(
                        found -> Routes.answer(context, mediaType, "no-cache", found.toBuffer()),
                        () -> Problem.of(ProblemType.NOT_FOUND).answer(context.response()));
    }
}
