package dev.hutong.hub.http;

import dev.hutong.hub.resolve.Decision;
import dev.hutong.hub.resolve.DecisionJson;
import dev.hutong.hub.resolve.DecisionSigner;
import dev.hutong.hub.resolve.Resolver;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Locale;
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
                .post("/v1/resolve", BodyHandler.create(false).setBodyLimit(LARGEST_BODY), this::resolve)
                .get("/v1/formats", answering(JSON, context -> Optional.of(directory.formats())))
                .get("/v1/issuers", answering(JSON, context -> Optional.of(directory.issuers())))
                .get(
                        "/v1/issuers/:id/jwks.json",
                        answering(JWK_SET, context -> directory.keysOf(context.pathParam("id"))))
                .get("/.well-known/jwks.json", answering(JWK_SET, context -> Optional.of(directory.hubKeys())))
                .router();
    }

    private void resolve(RoutingContext context) {
        if (!isJson(context)) {
            Problem.of(ProblemType.NOT_JSON).answer(context.response());
            return;
        }
        Buffer body = context.body().buffer();
        switch (ResolveRequest.read(body == null ? new byte[0] : body.getBytes())) {
            case ResolveRequest.Reading.NoRequest(Problem problem) -> problem.answer(context.response());
            case ResolveRequest.Reading.Request(ResolveRequest request) ->
                resolver.resolve(request.question())
                        .onSuccess(decision -> answer(context, decision, request))
                        .onFailure(context::fail);
        }
    }

    private void answer(RoutingContext context, Decision decision, ResolveRequest request) {
        boolean signed = prefersJwt(context);
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, signed ? JWT : JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .end(
                        signed
                                ? Buffer.buffer(signer.sign(decision, request.nonce()))
                                : Buffer.buffer(DecisionJson.write(decision)));
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

    private static boolean isJson(RoutingContext context) {
        MIMEHeader type = context.parsedHeaders().contentType();
        return type != null && (type.component() + "/" + type.subComponent()).equalsIgnoreCase(JSON);
    }

    /**
     * Whether the request would rather have a signed answer (RFC 9110 §12.5.1). Only one that names it gets it; between two that are
     * wanted alike, the signed one can be turned into the other and is therefore sent.
     */
    private static boolean prefersJwt(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept == null || !accept.toLowerCase(Locale.ROOT).contains(JWT)) {
            return false;
        }
        List<MIMEHeader> ranges = context.parsedHeaders().accept();
        float jwt = weight(JWT, ranges);
        return jwt > 0 && jwt >= weight(JSON, ranges);
    }

    /** What the most specific of these ranges gives the media type; 0 where none covers it. */
    private static float weight(String mediaType, List<MIMEHeader> ranges) {
        for (String range : List.of(mediaType, "application/*", "*/*")) {
            for (MIMEHeader accepted : ranges) {
                if (range.equalsIgnoreCase(accepted.component() + "/" + accepted.subComponent())) {
                    return accepted.weight();
                }
            }
        }
        return 0;
    }
}
