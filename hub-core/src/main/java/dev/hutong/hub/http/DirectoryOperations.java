package dev.hutong.hub.http;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What anybody may look up in the {@link Directory}. */
public final class DirectoryOperations implements Operations {
    private final Directory directory;
    private final InstantSource clock;

    public DirectoryOperations(Directory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/v1/formats", answering(MediaTypes.JSON, context -> Optional.of(directory.formats())))
                .get("/v1/policies", answering(MediaTypes.JSON, context -> Optional.of(directory.policies())))
                .get("/v1/issuers", answeringAt(MediaTypes.JSON, (context, at) -> Optional.of(directory.issuers(at))))
                .get(
                        "/v1/issuers/:id",
                        answeringAt(MediaTypes.JSON, (context, at) -> directory.issuer(context.pathParam("id"), at)))
                .get(
                        "/v1/issuers/:id/jwks.json",
                        answeringAt(MediaTypes.JWK_SET, (context, at) -> directory.keysOf(context.pathParam("id"), at)))
                .get(
                        "/.well-known/jwks.json",
                        answering(MediaTypes.JWK_SET, context -> Optional.of(directory.hubKeys())));
    }

    /** Answers with a document of the instant that is asked about, or what is wrong with that. */
    private Handler<RoutingContext> answeringAt(
            String mediaType, BiFunction<RoutingContext, PointInTime.Known, Optional<JsonObject>> document) {
        return context -> {
            switch (PointInTime.of(context, clock)) {
                case PointInTime.Known at ->
                    answering(mediaType, asked -> document.apply(asked, at)).handle(context);
                case PointInTime.None(Problem problem) -> problem.answer(context.response());
            }
        };
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
