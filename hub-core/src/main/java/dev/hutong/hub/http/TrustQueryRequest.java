package dev.hutong.hub.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.federation.TrustQuestion;
import dev.hutong.registry.jose.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The body of {@code POST /authorization} and {@code POST /recognition} (TRQP 2.0). Members beyond those it needs are ignored, as the
 * protocol demands.
 *
 * @param context repeated in the answer, where there is one
 * @param timeRequested {@code context.time} as it was given, where there is one
 */
record TrustQueryRequest(TrustQuestion question, Optional<JsonNode> context, Optional<String> timeRequested) {
    private static final List<String> REQUIRED = List.of("entity_id", "authority_id", "action", "resource");

    /** RFC 3339, of which the protocol takes only UTC as Z. */
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

    /** What a body was read as. */
    sealed interface Reading {
        /** A request. */
        record Request(TrustQueryRequest request) implements Reading {}

        /** None. */
        record NoRequest(Problem problem) implements Reading {}
    }

    static Reading read(byte[] body) {
        if (body.length == 0) {
            return new Reading.NoRequest(Problem.of(ProblemType.EMPTY_BODY));
        }
        return StrictJson.read(body)
                .map(TrustQueryRequest::read)
                .orElseGet(() -> new Reading.NoRequest(Problem.of(ProblemType.BROKEN_JSON)));
    }

    private static Reading read(JsonNode body) {
        for (String member : REQUIRED) {
            if (!body.path(member).isTextual() || body.path(member).textValue().isBlank()) {
                return invalid("«" + member + "» is a text that is not blank, and required.");
            }
        }
        JsonNode context = body.path("context");
        if (!context.isMissingNode() && !context.isObject()) {
            return invalid("«context» is an object.");
        }
        JsonNode time = context.path("time");
        if (!time.isMissingNode() && !time.isTextual()) {
            return invalid("«context.time» is a text.");
        }
        Optional<String> requested = Optional.ofNullable(time.textValue()).filter(text -> !text.isBlank());
        Optional<Instant> instant = requested.flatMap(TrustQueryRequest::instant);
        if (instant.isEmpty() && requested.isPresent()) {
            return invalid("«context.time» is RFC 3339 in UTC with a Z, such as 2026-01-05T08:00:00Z.");
        }
        return new Reading.Request(new TrustQueryRequest(
                new TrustQuestion(
                        text(body, "entity_id"),
                        text(body, "authority_id"),
                        text(body, "action"),
                        text(body, "resource"),
                        instant),
                Optional.of(context).filter(JsonNode::isObject),
                requested));
    }

    private static String text(JsonNode body, String member) {
        return body.path(member).asText();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return TIME.matcher(text).matches() ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static Reading invalid(String detail) {
        return new Reading.NoRequest(new Problem(ProblemType.INVALID_REQUEST, detail));
    }
}
