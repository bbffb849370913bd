package dev.hutong.hub.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JWS in the compact serialization (RFC 7515 §7.1) as a stranger wrote it: strict base64url, strict JSON, and nothing of it checked yet.
 *
 * @param header an object
 * @param claims an object
 * @param signature whatever octets stand there
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record SignedJson(JsonNode header, JsonNode claims, byte[] signingInput, byte[] signature) {
    /** No token that this hub gives or takes is nearly as long. */
    private static final int LONGEST = 8 * 1024;

    /** What this text is, or empty where it is no such thing. Never throws. */
    static Optional<SignedJson> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        JsonNode header = object(parts[0]);
        JsonNode claims = object(parts[1]);
        byte[] signature = StrictBase64Url.decodeOrNull(parts[2]);
        if (header == null || claims == null || signature == null) {
            return Optional.empty();
        }
        byte[] input = text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        return Optional.of(new SignedJson(header, claims, input, signature));
    }

    private static @Nullable JsonNode object(String base64Url) {
        byte[] octets = StrictBase64Url.decodeOrNull(base64Url);
        return octets == null
                ? null
                : StrictJson.read(octets).filter(JsonNode::isObject).orElse(null);
    }

    /** A member of the header that is a text; empty where it is missing or something else. */
    String headerText(String member) {
        return header.path(member).asText();
    }

    /** A claim that is a text; empty where it is missing or something else. */
    String text(String claim) {
        JsonNode node = claims.path(claim);
        return node.isTextual() ? node.textValue() : "";
    }

    /** NumericDate (RFC 7519 §2) in whole seconds; null where it is missing or something else. */
    @Nullable
    Long seconds(String claim) {
        JsonNode node = claims.path(claim);
        return node.isIntegralNumber() && node.canConvertToLong() ? Long.valueOf(node.longValue()) : null;
    }
}
