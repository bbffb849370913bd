package dev.hutong.hub.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.resolve.Question;
import dev.hutong.province.ScannedCode;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/resolve}.
 *
 * @param question what is asked
 * @param nonce repeated in a signed answer, or null
 * @param purpose what it is asked for, by which a client may be shown more; null where it does not say
 */
record ResolveRequest(
        Question question, @Nullable String nonce, @Nullable String purpose) {
    private static final Set<String> MEMBERS =
            Set.of("code", "codeBytes", "codes", "destination", "observed", "purpose", "nonce");
    private static final Set<String> OBSERVED = Set.of("temperature");

    /** What a body was read as. */
    sealed interface Reading {
        /** A request. */
        record Request(ResolveRequest request) implements Reading {}

        /** None. */
        record NoRequest(Problem problem) implements Reading {}
    }

    /** Reads a body; whatever the code in it may be, only a body that is no request is refused. */
    static Reading read(byte[] body) {
        if (body.length == 0) {
            return new Reading.NoRequest(Problem.of(ProblemType.EMPTY_BODY));
        }
        Optional<JsonNode> json = StrictJson.read(body);
        if (json.isEmpty()) {
            return new Reading.NoRequest(Problem.of(ProblemType.BROKEN_JSON));
        }
        return json.get().isObject() ? read(json.get()) : invalid("The body is not a JSON object.");
    }

    /** Reads what a body holds, be it the whole of it or what another operation's request has in common with this one. */
    static Reading read(JsonNode body) {
        if (hasStranger(body, MEMBERS)) {
            return invalid("One of the members is none that there is; there are "
                    + String.join(", ", MEMBERS.stream().sorted().toList()) + ".");
        }
        for (String member : Set.of("code", "codeBytes", "destination", "purpose", "nonce")) {
            if (body.has(member) && !body.get(member).isTextual()) {
                return invalid("«" + member + "» is a text.");
            }
        }
        if (Stream.of("code", "codeBytes", "codes").filter(body::has).count() != 1) {
            return invalid(
                    "Give one of «code» (text), «codeBytes» (base64url without padding) and «codes» (texts of one"
                            + " person), and no two.");
        }
        if (body.has("codes") && !areCodes(body.get("codes"))) {
            return invalid("«codes» is a list of 1 to " + Question.MOST_CODES + " texts.");
        }
        JsonNode observed = body.path("observed");
        if (!observed.isMissingNode() && (!observed.isObject() || hasStranger(observed, OBSERVED))) {
            return invalid("«observed» is an object whose only member is «temperature».");
        }
        if (observed.has("temperature") && !observed.get("temperature").isTextual()) {
            return invalid("«observed.temperature» is degrees Celsius as a decimal text, such as \"36.5\".");
        }
        List<ScannedCode> codes = codes(body);
        return codes.isEmpty()
                ? invalid("«codeBytes» is base64url without padding (RFC 4648 §5).")
                : new Reading.Request(new ResolveRequest(
                        new Question(codes, text(body, "destination"), text(observed, "temperature")),
                        text(body, "nonce"),
                        text(body, "purpose")));
    }

    private static boolean areCodes(JsonNode codes) {
        return codes.isArray()
                && !codes.isEmpty()
                && codes.size() <= Question.MOST_CODES
                && codes.valueStream().allMatch(JsonNode::isTextual);
    }

    /** What was scanned; none where the bytes cannot be decoded. */
    private static List<ScannedCode> codes(JsonNode body) {
        if (body.has("codes")) {
            return body.get("codes")
                    .valueStream()
                    .map(code -> ScannedCode.ofText(code.textValue()))
                    .toList();
        }
        if (body.has("code")) {
            return List.of(ScannedCode.ofText(body.get("code").textValue()));
        }
        byte[] bytes = StrictBase64Url.decodeOrNull(body.get("codeBytes").textValue());
        return bytes == null ? List.of() : List.of(ScannedCode.ofBytes(bytes));
    }

    private static @Nullable String text(JsonNode object, String member) {
        return object.path(member).textValue();
    }

    /** Which one it is is not told: whatever a client sends may be about somebody, and problems end up in logs. */
    private static boolean hasStranger(JsonNode object, Set<String> known) {
        return object.propertyStream().anyMatch(member -> !known.contains(member.getKey()));
    }

    private static Reading invalid(String detail) {
        return new Reading.NoRequest(new Problem(ProblemType.INVALID_REQUEST, detail));
    }
}
