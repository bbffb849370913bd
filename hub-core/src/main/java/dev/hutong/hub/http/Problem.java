package dev.hutong.hub.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * One occurrence of a problem.
 *
 * @param type what went wrong
 * @param detail what about this request, and what to do
 */
record Problem(ProblemType type, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemType type) {
        return new Problem(type, type.remedy());
    }

    /** Answers with this problem document (RFC 9457 §3), unless something has been answered already. */
    Future<Void> answer(HttpServerResponse response) {
        if (response.ended() || response.headWritten()) {
            return Future.succeededFuture();
        }
        return response.setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(new JsonObject()
                        .put("type", type.uri())
                        .put("title", type.title())
                        .put("status", type.status())
                        .put("detail", detail)
                        .toBuffer());
    }
}
