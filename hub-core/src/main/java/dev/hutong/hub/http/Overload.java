package dev.hutong.hub.http;

import dev.hutong.hub.telemetry.RequestId;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Tells that there is no time for a request now; as cheaply as can be, for there are many. */
final class Overload {
    /** Seconds; an event loop that sheds is calm again a fraction of one after the last request too many. */
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("1");

    private static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized(Problem.MEDIA_TYPE);
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final ProblemType TYPE = ProblemType.OVERLOADED;

    /** All of the document but the request's id and the end. */
    private static final String DOCUMENT = beginning(Problem.of(TYPE).document().encode());

    private Overload() {}

    static void refuse(HttpServerResponse response) {
        if (!response.ended() && !response.headWritten()) {
            response.setStatusCode(TYPE.status())
                    .putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                    .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                    .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                    .end(DOCUMENT + RequestId.urn(response) + "\"}");
        }
    }

    private static String beginning(String document) {
        return document.substring(0, document.length() - 1) + ",\"instance\":\"";
    }
}
