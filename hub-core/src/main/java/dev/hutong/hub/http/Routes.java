package dev.hutong.hub.http;

import dev.hutong.hub.clients.Role;
import dev.hutong.hub.ledger.LedgerUnavailableException;
import dev.hutong.hub.telemetry.Wordless;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a server's paths are laid out: each has its methods, and whatever fits none is answered with one of our problems. */
public final class Routes {
    /** The largest body of a request, in octets; no code and no signed document is that large. */
    static final int LARGEST_BODY = 64 * 1024;

    static final CharSequence WWW_AUTHENTICATE = HttpHeaders.createOptimized("WWW-Authenticate");

    private static final Set<String> SIGNED = Set.of(MediaTypes.JSON, MediaTypes.JOSE_JSON);

    /** Set while a body is being read: what fails then is not the hub. */
    private static final String READING = Routes.class.getName() + ".reading";

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final Router router;

    Routes(Router router) {
        this.router = router;
    }

    /** Something to look up. HEAD is answered as GET is, without the body (RFC 9110 §9.3.2). */
    Routes get(String path, Handler<RoutingContext> operation) {
        guard(path);
        answerGet(path, operation);
        return onlyThese(path, "GET, HEAD");
    }

    /** Something to ask, with a JSON body of at most {@link #LARGEST_BODY} octets, empty where there is none. */
    Routes post(String path, BiConsumer<RoutingContext, byte[]> operation) {
        guard(path);
        answerPost(path, Set.of(MediaTypes.JSON), operation);
        return onlyThese(path, "POST");
    }

    /** As {@link #post}, for a JWS in its JSON serialization, which may also be called by its own media type. */
    Routes postSigned(String path, BiConsumer<RoutingContext, byte[]> operation) {
        guard(path);
        answerPost(path, SIGNED, operation);
        return onlyThese(path, "POST");
    }

    /** A collection: to look up, and to add something signed to. */
    Routes getAndPostSigned(String path, Handler<RoutingContext> lookUp, BiConsumer<RoutingContext, byte[]> addition) {
        guard(path);
        answerGet(path, lookUp);
        answerPost(path, SIGNED, addition);
        return onlyThese(path, "GET, HEAD, POST");
    }

    /**
     * A form to hand in. What is none, or too large, comes as an empty one: whoever reads it knows how to refuse.
     *
     * @param largest how many octets it may have
     */
    Routes postForm(String path, int largest, BiConsumer<RoutingContext, byte[]> operation) {
        guard(path);
        router.post(path).handler(context -> readForm(context, largest, operation));
        return onlyThese(path, "POST");
    }

    /** By hand: the library's own reading of forms answers for us where one is broken. */
    private static void readForm(RoutingContext context, int largest, BiConsumer<RoutingContext, byte[]> operation) {
        boolean isForm = MediaTypes.of(context.request().getHeader(HttpHeaders.CONTENT_TYPE))
                .equals(MediaTypes.FORM);
        Buffer form = Buffer.buffer();
        context.request()
                .handler(chunk -> {
                    if (isForm && form.length() <= largest) {
                        form.appendBuffer(chunk);
                    }
                })
                .endHandler(read -> operation.accept(context, form.length() > largest ? new byte[0] : form.getBytes()));
    }

    /** Before everything else of this path: who may come here at all? */
    private void guard(String path) {
        Set<Role> roles = Permissions.of(path);
        if (!roles.equals(Permissions.ANYBODY)) {
            router.route(path).handler(TokenGate.require(roles));
        }
    }

    /** Something to ask with a body that the operation reads as it comes; of this media type, or it is refused with this problem. */
    Routes postStream(String path, String mediaType, ProblemType otherwise, Handler<RoutingContext> operation) {
        guard(path);
        router.post(path).handler(context -> requireOneOf(Set.of(mediaType), otherwise, context));
        router.post(path).handler(operation);
        return onlyThese(path, "POST");
    }

    private void answerGet(String path, Handler<RoutingContext> operation) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(operation);
    }

    private void answerPost(String path, Set<String> mediaTypes, BiConsumer<RoutingContext, byte[]> operation) {
        router.post(path).handler(context -> requireOneOf(mediaTypes, ProblemType.NOT_JSON, context));
        router.post(path)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(context -> {
                    context.remove(READING);
                    Buffer body = context.body().buffer();
                    operation.accept(context, body == null ? new byte[0] : body.getBytes());
                });
    }

    /** Before the body is read, so that no other kind of body is read at all. */
    private static void requireOneOf(Set<String> mediaTypes, ProblemType otherwise, RoutingContext context) {
        if (mediaTypes.contains(MediaTypes.of(context.request().getHeader(HttpHeaders.CONTENT_TYPE)))) {
            context.put(READING, true);
            context.next();
        } else {
            Problem.of(otherwise).answer(context.response());
        }
    }

    /** Answers 200 with this. */
    static void answer(RoutingContext context, String mediaType, String cacheControl, Buffer body) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaders.CACHE_CONTROL, cacheControl)
                .end(body);
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
        if (context.failure() instanceof LedgerUnavailableException) {
            answerLedgerUnavailable(context);
            return;
        }
        ProblemType type = ProblemType.ofStatus(context.statusCode());
        if (type == ProblemType.INTERNAL && context.get(READING, false)) {
            Problem.of(ProblemType.MALFORMED_HTTP).answerAndEnd(context.request());
            return;
        }
        if (type == ProblemType.INTERNAL) {
            // Neither the path nor the failure's own words: both may hold what somebody sent.
            LOG.error("A request failed", new Wordless(context.failure()));
        }
        Problem.of(type).answer(context.response());
    }

    /** A decision that could not be written down is told to nobody. */
    static void answerLedgerUnavailable(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(LedgerUnavailableException.RETRY_AFTER_SECONDS));
        Problem.of(ProblemType.LEDGER_UNAVAILABLE).answer(context.response());
    }

    /** Why a request could not even be read as HTTP. */
    static ProblemType malformation(HttpServerRequest request) {
        return switch (request.decoderResult().cause()) {
            case TooLongHttpLineException tooLong -> ProblemType.URI_TOO_LONG;
            case TooLongHttpHeaderException tooLong -> ProblemType.HEADERS_TOO_LARGE;
            case null, default -> ProblemType.MALFORMED_HTTP;
        };
    }
}
