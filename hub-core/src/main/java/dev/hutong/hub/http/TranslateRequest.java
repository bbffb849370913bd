package dev.hutong.hub.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.hub.resolve.Question;
import dev.hutong.registry.jose.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of {@code POST /v1/translate}.
 *
 * @param question what is asked, as in {@code /v1/resolve}
 * @param to the format's id, which may be none's
 * @param vocabulary which vocabulary of that format; empty for the newest
 */
record TranslateRequest(Question question, String to, Optional<Long> vocabulary) {
    private static final Set<String> MEMBERS =
            Set.of("code", "codeBytes", "destination", "observed", "to", "vocabulary");

    /** What a body was read as. */
    sealed interface Reading {
        /** A request. */
        record Request(TranslateRequest request) implements Reading {}

        /** None. */
        record NoRequest(Problem problem) implements Reading {}
    }

    static Reading read(byte[] body) {
        if (body.length == 0) {
            return new Reading.NoRequest(Problem.of(ProblemType.EMPTY_BODY));
        }
        Optional<JsonNode> json = StrictJson.read(body);
        if (json.isEmpty()) {
            return new Reading.NoRequest(Problem.of(ProblemType.BROKEN_JSON));
        }
        return json.get() instanceof ObjectNode object ? read(object) : invalid("The body is not a JSON object.");
    }

    private static Reading read(ObjectNode body) {
        if (body.propertyStream().anyMatch(member -> !MEMBERS.contains(member.getKey()))) {
            return invalid("One of the members is none that there is; there are "
                    + String.join(", ", MEMBERS.stream().sorted().toList()) + ".");
        }
        if (!body.path("to").isTextual()) {
            return invalid("«to» is the id of a format, such as one that GET /v1/formats calls translatable.");
        }
        JsonNode vocabulary = body.path("vocabulary");
        if (!vocabulary.isMissingNode() && !(vocabulary.isIntegralNumber() && vocabulary.canConvertToLong())) {
            return invalid("«vocabulary» is a whole number, one of the format's vocabularies in GET /v1/formats.");
        }
        JsonNode question = body.deepCopy().remove(List.of("to", "vocabulary"));
        return switch (ResolveRequest.read(question)) {
            case ResolveRequest.Reading.NoRequest(Problem problem) -> new Reading.NoRequest(problem);
            case ResolveRequest.Reading.Request(ResolveRequest request) ->
                new Reading.Request(new TranslateRequest(
                        request.question(),
                        body.get("to").textValue(),
                        vocabulary.isMissingNode() ? Optional.empty() : Optional.of(vocabulary.longValue())));
        };
    }

    private static Reading invalid(String detail) {
        return new Reading.NoRequest(new Problem(ProblemType.INVALID_REQUEST, detail));
    }
}
