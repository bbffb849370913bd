package dev.hutong.hub.http;

import dev.hutong.hub.telemetry.RequestId;
import dev.hutong.registry.EventRefusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * One occurrence of a problem.
 *
 * @param type what went wrong
 * @param detail what about this request, and what to do
 * @param ground which rule of the registry forbids it, where one does
 */
record Problem(ProblemType type, String detail, Optional<EventRefusal.Ground> ground) {
    static final String MEDIA_TYPE = "application/problem+json";

    Problem(ProblemType type, String detail) {
        this(type, detail, Optional.empty());
    }

    static Problem of(ProblemType type) {
        return new Problem(type, type.remedy());
    }

    /** What a client may not ask outside of the regions that it was registered for. */
    static Problem notForThisDestination() {
        return new Problem(
                ProblemType.NOT_PERMITTED,
                "The client was registered for some regions: name a destination within them.");
    }

    /** What the registry refuses, and why. */
    static Problem of(EventRefusal refusal) {
        return new Problem(ProblemType.of(refusal.ground()), refusal.detail(), Optional.of(refusal.ground()));
    }

    /** Answers with this problem, and ends the connection: where its next request begins is not known, or is not worth waiting for. */
    void answerAndEnd(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answer(request.response()).onComplete(answered -> request.connection().close());
    }

    /** Answers with this problem document (RFC 9457 §3), unless something has been answered already. */
    Future<Void> answer(HttpServerResponse response) {
        if (response.ended() || response.headWritten()) {
            return Future.succeededFuture();
        }
        return response.setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(document().put("instance", RequestId.urn(response)).toBuffer());
    }

    /** The problem document, of no request in particular. */
    JsonObject document() {
        JsonObject document = new JsonObject()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status())
                .put("detail", detail);
        ground.ifPresent(rule -> document.put("ground", rule.name()));
        return document;
    }
}
