package dev.hutong.hub.http;

import dev.hutong.hub.resolve.DecisionJson;
import dev.hutong.hub.resolve.DecisionSigner;
import dev.hutong.hub.resolve.Resolver;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import java.util.function.Function;

/** The public operations, v1. One method for each operation of {@code openapi.yaml}, in its order. */
public final class HttpApi {
    /** The largest body of a resolving request, in bytes. */
    static final int LARGEST_BODY = 64 * 1024;

    private static final String JSON = "application/json";
    private static final String JWT = "application/jwt";
    private static final String JWK_SET = "application/jwk-set+json";

    private final Resolver resolver;
    private final DecisionSigner signer;
    private final Directory directory;

    public HttpApi(Resolver resolver, DecisionSigner signer, Directory directory) {
        this.resolver = resolver;
        this.signer = signer;
        this.directory = directory;
    }

    /** The routes, for one event loop. */
    public Router router(Vertx vertx) {
        return new Routes(Router.router(vertx))
                .post(
                        "/v1/resolve",
                        HttpApi::requireJson,
                        BodyHandler.create(false).setBodyLimit(LARGEST_BODY),
                        this::resolve)
                .get("/v1/formats", answering(JSON, context -> Optional.of(directory.formats())))
                .get("/v1/issuers", answering(JSON, context -> Optional.of(directory.issuers())))
                .get(
                        "/v1/issuers/:id/jwks.json",
                        answering(JWK_SET, context -> directory.keysOf(context.pathParam("id"))))
                .get("/.well-known/jwks.json", answering(JWK_SET, context -> Optional.of(directory.hubKeys())))
                .router();
    }

    /** Before the body is read, so that no other kind of body is read at all. */
    private static void requireJson(RoutingContext context) {
        if (MediaTypes.of(context.request().getHeader(HttpHeaders.CONTENT_TYPE)).equals(JSON)) {
            context.next();
        } else {
            Problem.of(ProblemType.NOT_JSON).answer(context.response());
        }
    }

    private void resolve(RoutingContext context) {
        Buffer body = context.body().buffer();
        switch (ResolveRequest.read(body == null ? new byte[0] : body.getBytes())) {
            case ResolveRequest.Reading.NoRequest(Problem problem) -> problem.answer(context.response());
            case ResolveRequest.Reading.Request(ResolveRequest request) -> {
                boolean signed = MediaTypes.prefers(context.request().getHeader(HttpHeaders.ACCEPT), JWT, JSON);
                resolver.resolve(request.question())
                        .map(decision -> signed
                                ? Buffer.buffer(signer.sign(decision, request.nonce()))
                                : Buffer.buffer(DecisionJson.write(decision)))
                        .onSuccess(answer -> answer(context, signed ? JWT : JSON, answer))
                        .onFailure(context::fail);
            }
        }
    }

    private static void answer(RoutingContext context, String mediaType, Buffer answer) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .end(answer);
    }

    /** Answers with a document, or that there is none. */
    private static Handler<RoutingContext> answering(
            String mediaType, Function<RoutingContext, Optional<JsonObject>> document) {
        return context -> document.apply(context)
                .ifPresentOrElse(
                        found -> context.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                                .end(found.toBuffer()),
                        () -> Problem.of(ProblemType.NOT_FOUND).answer(context.response()));
    }
}
