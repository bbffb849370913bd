package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hutong.registry.jose.StrictBase64Url;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * JSON in the one form that RFC 8785 gives it, for values without fractions and texts without control characters, which the registry does not
 * have: members in the order of their names, no white space. Two implementations get the same octets, and so the same digest.
 */
final class CanonicalJson {
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private CanonicalJson() {}

    static byte[] octets(JsonNode json) {
        try {
            return SORTED.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A JSON tree cannot be written", impossible);
        }
    }

    /** SHA-256 of these octets in base64url. */
    static String digest(byte[] octets) {
        try {
            return StrictBase64Url.encode(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
