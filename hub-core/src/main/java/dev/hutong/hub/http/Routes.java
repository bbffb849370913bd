package dev.hutong.hub.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a server's paths are laid out: each has its methods, and whatever fits none is answered with one of our problems. */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final Router router;

    Routes(Router router) {
        this.router = router;
    }

    /** Something to look up. HEAD is answered as GET is, without the body (RFC 9110 §9.3.2). */
    Routes get(String path, Handler<RoutingContext> operation) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(operation);
        return onlyThese(path, "GET, HEAD");
    }

    /** Something to ask, with a body: {@code admission} looks at the headers, {@code body} takes it in. */
    Routes post(
            String path,
            Handler<RoutingContext> admission,
            Handler<RoutingContext> body,
            Handler<RoutingContext> operation) {
        router.post(path).handler(admission);
        router.post(path).handler(body).handler(operation);
        return onlyThese(path, "POST");
    }

    private Routes onlyThese(String path, String methods) {
        router.route(path).handler(context -> {
            context.response().putHeader(HttpHeaders.ALLOW, methods);
            Problem.of(ProblemType.METHOD_NOT_ALLOWED).answer(context.response());
        });
        return this;
    }

    /** The router, complete: whatever else comes, or fails on its way, is one of our problems and tells nothing of the inside. */
    Router router() {
        router.route().handler(context -> Problem.of(ProblemType.NOT_FOUND).answer(context.response()));
        router.route().failureHandler(Routes::answerFailure);
        // A path that cannot be decoded fails before it comes to any route.
        router.errorHandler(
                400, context -> Problem.of(ProblemType.MALFORMED_HTTP).answer(context.response()));
        return router;
    }

    private static void answerFailure(RoutingContext context) {
        ProblemType type = ProblemType.ofStatus(context.statusCode());
        if (type == ProblemType.INTERNAL) {
            LOG.error(
                    "{} {} failed",
                    context.request().method(),
                    context.request().path(),
                    context.failure());
        }
        Problem.of(type).answer(context.response());
    }

    /** Answers what could not even be read as an HTTP request, and ends its connection: where the next one begins is not known. */
    public static void answerMalformed(HttpServerRequest request) {
        Throwable fault = request.decoderResult().cause();
        ProblemType type = switch (fault) {
            case TooLongHttpLineException tooLong -> ProblemType.URI_TOO_LONG;
            case TooLongHttpHeaderException tooLong -> ProblemType.HEADERS_TOO_LARGE;
            case null, default -> ProblemType.MALFORMED_HTTP;
        };
        Problem.of(type)
                .answer(request.response())
                .onComplete(answered -> request.connection().close());
    }
}
