package dev.hutong.hub.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.hub.federation.TrustAnswer;
import dev.hutong.hub.federation.TrustAnswer.NotKnown;
import dev.hutong.hub.federation.TrustAnswer.Said;
import dev.hutong.hub.federation.TrustAnswer.Stale;
import dev.hutong.hub.federation.TrustAnswer.StillToCome;
import dev.hutong.hub.federation.TrustQuestion;
import dev.hutong.hub.federation.TrustQuestions;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.function.Function;

/** The Trust Registry Query Protocol 2.0: 200 with yes or no, and a problem for a question that cannot be answered. */
public final class TrustQueryOperations implements Operations {
    private static final String REQUEST_ID = "X-Request-ID";

    private final TrustQuestions questions;
    private final InstantSource clock;

    public TrustQueryOperations(TrustQuestions questions, InstantSource clock) {
        this.questions = questions;
        this.clock = clock;
    }

    @Override
    public void mount(Routes routes) {
        routes.post("/authorization", (context, body) -> answer(context, body, "authorized", questions::authorization))
                .post("/recognition", (context, body) -> answer(context, body, "recognized", questions::recognition));
    }

    private void answer(
            RoutingContext context, byte[] body, String verdict, Function<TrustQuestion, TrustAnswer> registry) {
        String requestId = context.request().getHeader(REQUEST_ID);
        if (requestId != null) {
            context.response().putHeader(REQUEST_ID, requestId);
        }
        switch (TrustQueryRequest.read(body)) {
            case TrustQueryRequest.Reading.NoRequest(Problem problem) -> problem.answer(context.response());
            case TrustQueryRequest.Reading.Request(TrustQueryRequest request) -> {
                switch (registry.apply(request.question())) {
                    case Said said ->
                        Routes.answer(
                                context,
                                MediaTypes.JSON,
                                "no-store",
                                Buffer.buffer(json(request, verdict, said).toString()));
                    case NotKnown(String what) ->
                        new Problem(ProblemType.NOT_FOUND, what + ".").answer(context.response());
                    case StillToCome() ->
                        new Problem(
                                        ProblemType.INVALID_REQUEST,
                                        "«context.time» is still to come, and the registry knows only what was.")
                                .answer(context.response());
                    case Stale() -> Problem.of(ProblemType.STALE_REGISTRY).answer(context.response());
                }
            }
        }
    }

    private ObjectNode json(TrustQueryRequest request, String verdict, Said said) {
        TrustQuestion question = request.question();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("entity_id", question.entity())
                .put("authority_id", question.authority())
                .put("action", question.action())
                .put("resource", question.resource())
                .put(verdict, said.yes());
        request.timeRequested().ifPresent(time -> json.put("time_requested", time));
        json.put("time_evaluated", clock.instant().toString()).put("message", said.message());
        request.context().ifPresent(context -> json.set("context", context));
        return json;
    }
}
