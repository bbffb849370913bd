package dev.hutong.hub.http;

import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.resolve.Decision;
import dev.hutong.hub.resolve.DecisionJson;
import dev.hutong.hub.resolve.Resolver;
import io.vertx.core.Future;

/** Answers on the spot what a hub is asked over HTTP, request and answer the same. */
public final class WithoutHttp {
    private WithoutHttp() {}

    /** What came of a request. */
    public sealed interface Answer {
        /** The decision as UTF-8 JSON. */
        @SuppressWarnings("ArrayRecordComponent") // Never compared and never handed out to be changed.
        record Decided(byte[] json) implements Answer {}

        /** It was none; {@code detail} says what to change. */
        record NoRequest(String detail) implements Answer {}
    }

    /**
     * The answer to {@code POST /v1/resolve}.
     *
     * @param resolver one that asks nobody, such as a bundle's
     * @param body UTF-8 JSON
     */
    public static Answer resolve(Resolver resolver, byte[] body) {
        return switch (ResolveRequest.read(body)) {
            case ResolveRequest.Reading.NoRequest(Problem problem) -> new Answer.NoRequest(problem.detail());
            case ResolveRequest.Reading.Request(ResolveRequest request) ->
                new Answer.Decided(DecisionJson.write(done(resolver.resolve(request.question(), Caller.ANONYMOUS))));
        };
    }

    private static Decision done(Future<Decision> decision) {
        if (!decision.succeeded()) {
            throw new IllegalStateException("nobody was asked, and yet there is no answer", decision.cause());
        }
        return decision.result();
    }
}
