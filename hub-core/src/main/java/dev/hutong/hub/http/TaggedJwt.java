package dev.hutong.hub.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Answers with a JWT that a client may have already, which it then is not sent again. */
final class TaggedJwt {
    private TaggedJwt() {}

    /** @param tag names exactly these octets, without quotation marks */
    static void answer(RoutingContext context, String jws, String tag) {
        String quoted = "\"" + tag + "\"";
        context.response().putHeader(HttpHeaders.ETAG, quoted);
        if (names(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), quoted)) {
            context.response()
                    .setStatusCode(304)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .end();
            return;
        }
        Routes.answer(context, MediaTypes.JWT, "no-cache", Buffer.buffer(jws));
    }

    /** Whether an If-None-Match names this tag (RFC 9110 §13.1.2), whose comparison is the weak one. */
    private static boolean names(@Nullable String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String one : ifNoneMatch.split(",", -1)) {
            String stripped = one.strip();
            if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }
}
