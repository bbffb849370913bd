package dev.hutong.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer.
 *
 * @param nameToHeader the answer's headers, their names in lower case
 */
public record Exchange(
        String method, String path, Buffer requestBody, int status, Map<String, String> nameToHeader, Buffer body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public @Nullable String header(String name) {
        return nameToHeader.get(name.toLowerCase(Locale.ROOT));
    }

    /** The answer's media type without parameters; empty where it has none. */
    public String mediaType() {
        String type = header("content-type");
        return type == null ? "" : type.split(";", 2)[0].strip();
    }

    public String text() {
        return body.toString();
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reason of a decision, or its risk where it has none: one word for what was decided. */
    public String decided() {
        JsonNode reason = json().path("reason");
        return reason.isTextual() ? reason.textValue() : json().path("risk").asText();
    }

    /** The last part of a problem's type. */
    public String problem() {
        return json().path("type").asText().replace("urn:hutong:problem:", "");
    }
}
