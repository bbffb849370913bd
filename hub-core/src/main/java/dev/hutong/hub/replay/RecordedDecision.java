package dev.hutong.hub.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.Statement;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A decision as a hub signed it ({@code hutong-decision+jwt}), its signature verified.
 *
 * @param json its members
 * @param decidedAt the instant at which it is made again
 * @param statements what it rests on
 */
public record RecordedDecision(JsonNode json, Instant decidedAt, List<Statement> statements) {
    private static final String TYPE = "hutong-decision+jwt";

    /** What a file was read as. */
    public sealed interface Reading {
        /** The hub signed it, and it is a decision. */
        record Signed(RecordedDecision decision) implements Reading {}

        /** Nobody proves that it was decided; {@code why} is for people. */
        record Refused(String why) implements Reading {}
    }

    public RecordedDecision {
        statements = List.copyOf(statements);
    }

    /**
     * Reads a compact JWS; white space around it is none of it.
     *
     * @param hubKey the key that must have signed it, known from elsewhere
     */
    public static Reading read(String text, PublicJwk hubKey, SignatureProviders providers) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length != 3) {
            return new Reading.Refused("it is no JWS of three parts: was it cut off?");
        }
        Optional<JsonNode> header = json(parts[0]);
        Optional<JsonNode> payload = json(parts[1]);
        byte[] signature = StrictBase64Url.decodeOrNull(parts[2]);
        if (header.isEmpty() || payload.isEmpty() || signature == null) {
            return new Reading.Refused("a part of it is not strict base64url or JSON: was it cut off?");
        }
        JsonNode head = header.get();
        if (head.size() != 3
                || !head.path("typ").asText().equals(TYPE)
                || !head.path("alg").asText().equals(hubKey.algorithm().jose())) {
            return new Reading.Refused("it is no decision of a hub: its header is not that of " + TYPE);
        }
        if (!head.path("kid").asText().equals(hubKey.kid())) {
            return new Reading.Refused("it is signed by another key than the hub's, " + hubKey.kid());
        }
        byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        return providers.verifier(hubKey).verify(input, signature)
                ? decision(payload.get())
                : new Reading.Refused("its signature is not the hub's: it was changed");
    }

    private static Reading decision(JsonNode json) {
        try {
            List<Statement> statements = StreamSupport.stream(
                            json.path("statements").spliterator(), false)
                    .map(RecordedStatement::read)
                    .toList();
            return new Reading.Signed(new RecordedDecision(
                    json, Instant.parse(json.path("decidedAt").asText()), statements));
        } catch (DateTimeException | IllegalArgumentException e) {
            return new Reading.Refused("the hub signed it, but as another version writes decisions: " + e.getMessage());
        }
    }

    private static Optional<JsonNode> json(String base64Url) {
        return Optional.ofNullable(StrictBase64Url.decodeOrNull(base64Url))
                .flatMap(StrictJson::read)
                .filter(JsonNode::isObject);
    }

    /** The text at {@code pointer}; empty where it is null or missing. */
    Optional<String> text(String pointer) {
        return Optional.ofNullable(json.at(pointer).textValue());
    }
}
