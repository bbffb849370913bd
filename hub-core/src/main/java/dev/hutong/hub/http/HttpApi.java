package dev.hutong.hub.http;

import dev.hutong.hub.resolve.Decision;
import dev.hutong.hub.resolve.DecisionJson;
import dev.hutong.hub.resolve.DecisionSigner;
import dev.hutong.hub.resolve.Resolver;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public operations, v1. One method for each operation of {@code openapi.yaml}, in its order. */
public final class HttpApi {
    /** The largest body of a resolving request, in bytes. */
    static final int LARGEST_BODY = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
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
        Router router = Router.router(vertx);
        router.post("/v1/resolve")
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(this::resolve);
        get(
                router,
                "/v1/formats",
                JSON,
                context -> Optional.of(directory.formats().toBuffer()));
        get(
                router,
                "/v1/issuers",
                JSON,
                context -> Optional.of(directory.issuers().toBuffer()));
        get(
                router,
                "/v1/issuers/:id/jwks.json",
                JWK_SET,
                context -> directory.keysOf(context.pathParam("id")).map(JsonObject::toBuffer));
        get(
                router,
                "/.well-known/jwks.json",
                JWK_SET,
                context -> Optional.of(directory.hubKeys().toBuffer()));
        answerWithProblems(router);
        return router;
    }

    private void resolve(RoutingContext context) {
        if (!isJson(context)) {
            Problem.of(ProblemType.NOT_JSON).answer(context);
            return;
        }
        Buffer body = context.body().buffer();
        switch (ResolveRequest.read(body == null ? new byte[0] : body.getBytes())) {
            case ResolveRequest.Reading.NoRequest(Problem problem) -> problem.answer(context);
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

    private static void get(
            Router router, String path, String mediaType, Function<RoutingContext, Optional<Buffer>> body) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> body.apply(context)
                        .ifPresentOrElse(
                                buffer -> context.response()
                                        .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                                        .end(buffer),
                                () -> Problem.of(ProblemType.NOT_FOUND).answer(context)));
    }

    /** Whatever goes wrong on the way to an operation is one of our problems, and says nothing of the inside. */
    static void answerWithProblems(Router router) {
        router.errorHandler(
                400, context -> Problem.of(ProblemType.MALFORMED_HTTP).answer(context));
        router.errorHandler(404, context -> Problem.of(ProblemType.NOT_FOUND).answer(context));
        router.errorHandler(
                405, context -> Problem.of(ProblemType.METHOD_NOT_ALLOWED).answer(context));
        router.errorHandler(
                413, context -> Problem.of(ProblemType.BODY_TOO_LARGE).answer(context));
        router.errorHandler(500, context -> {
            LOG.error("{} {} failed", context.request().method(), context.normalizedPath(), context.failure());
            Problem.of(ProblemType.INTERNAL).answer(context);
        });
    }

    private static boolean isJson(RoutingContext context) {
        MIMEHeader type = context.parsedHeaders().contentType();
        return type != null && (type.component() + "/" + type.subComponent()).equalsIgnoreCase(JSON);
    }

    /** Whether the request would rather have a signed answer. Without a preference it is plain JSON. */
    private static boolean prefersJwt(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept == null || !accept.contains(JWT)) {
            return false;
        }
        float jwt = 0;
        float json = 0;
        for (MIMEHeader range : context.parsedHeaders().accept()) {
            String type = range.component() + "/" + range.subComponent();
            if (type.equalsIgnoreCase(JWT)) {
                jwt = range.weight();
            } else if (type.equalsIgnoreCase(JSON)) {
                json = range.weight();
            }
        }
        return jwt > 0 && jwt >= json;
    }
}
