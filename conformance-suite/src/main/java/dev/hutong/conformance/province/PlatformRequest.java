package dev.hutong.conformance.province;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.conformance.province.ProvinceSheet.Step;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hub's request, checked against the step it came to: a platform that takes anything would hide a hub's mistakes.
 *
 * @param requestId a UUID, to be repeated in the answer
 * @param input the code or handle asked about
 */
record PlatformRequest(String requestId, ScannedCode input) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads the body of a request.
     *
     * @throws BadRequest if the step cannot take it
     */
    static PlatformRequest read(Step step, @Nullable String contentType, byte[] body) throws BadRequest {
        require(
                contentType != null && contentType.startsWith("application/json"),
                "Content-Type must be application/json");
        JsonNode json = parse(body);
        String requestId = json.path("requestId").asText();
        require(isUuid(requestId), "requestId must be a UUID");
        for (Map.Entry<String, String> required : step.requires() == null
                ? Map.<String, String>of().entrySet()
                : step.requires().entrySet()) {
            JsonNode found = json.path(required.getKey());
            boolean met = required.getValue().isEmpty()
                    ? !found.isMissingNode()
                    : found.asText().equals(required.getValue());
            require(met, "member " + required.getKey() + " is missing or not what it must be");
        }
        return new PlatformRequest(requestId, input(step, json));
    }

    private static ScannedCode input(Step step, JsonNode json) throws BadRequest {
        JsonNode text = json.path(step.text());
        JsonNode bytes = step.bytes() == null ? json.path("") : json.path(step.bytes());
        require(text.isTextual() != bytes.isTextual(), "exactly one input");
        if (text.isTextual()) {
            return ScannedCode.ofText(text.textValue());
        }
        try {
            return ScannedCode.ofBytes(Base64Url.decode(bytes.textValue()));
        } catch (IllegalArgumentException _) {
            throw new BadRequest(step.bytes() + " must be base64url");
        }
    }

    private static JsonNode parse(byte[] body) throws BadRequest {
        try {
            return JSON.readTree(body);
        } catch (IOException _) {
            throw new BadRequest("the body must be JSON");
        }
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static void require(boolean condition, String otherwise) throws BadRequest {
        if (!condition) {
            throw new BadRequest(otherwise);
        }
    }

    /** A request that the contract does not allow; the platform answers 400 with the message. */
    static final class BadRequest extends Exception {
        private static final long serialVersionUID = 1;

        BadRequest(String message) {
            super(message);
        }
    }
}
