package dev.hutong.hub.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Tells that there is no time for a request now; as cheaply as can be, for there are many. */
final class Overload {
    /** Seconds; an event loop that sheds is calm again a fraction of one after the last request too many. */
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("1");

    private static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized(Problem.MEDIA_TYPE);
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final ProblemType TYPE = ProblemType.OVERLOADED;
    private static final Buffer DOCUMENT = Problem.of(TYPE).document().toBuffer();

    private Overload() {}

    static void refuse(HttpServerResponse response) {
        if (!response.ended() && !response.headWritten()) {
            response.setStatusCode(TYPE.status())
                    .putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                    .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                    .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                    .end(DOCUMENT);
        }
    }
}
