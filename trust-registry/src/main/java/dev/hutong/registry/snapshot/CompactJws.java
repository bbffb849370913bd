package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureSigner;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import dev.hutong.registry.snapshot.Members.MalformedException;
import java.nio.charset.StandardCharsets;

/**
 * A JWS in the compact serialization (RFC 7515 §7.1) whose header holds exactly {@code alg}, {@code kid} and {@code typ}. Reading checks the
 * form only.
 *
 * @param payload JSON
 * @param signingInput what was signed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared and never handed out to be changed.
record CompactJws(String alg, String kid, String typ, JsonNode payload, byte[] signingInput, byte[] signature) {
    private static final int HEADER_MEMBERS = 3;

    static String sign(String typ, String kid, byte[] payload, SignatureSigner es256) {
        ObjectNode header = JsonNodeFactory.instance
                .objectNode()
                .put("alg", SignatureAlgorithm.ES256.jose())
                .put("kid", kid)
                .put("typ", typ);
        String input = StrictBase64Url.encode(CanonicalJson.octets(header)) + "." + StrictBase64Url.encode(payload);
        return input + "." + StrictBase64Url.encode(es256.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    static CompactJws read(String text) throws MalformedException {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new MalformedException("it is no JWS of three parts: was it cut off?");
        }
        JsonNode header = json(parts[0], "header");
        if (header.size() != HEADER_MEMBERS) {
            throw new MalformedException("its header has other members than alg, kid and typ");
        }
        return new CompactJws(
                Members.text(header, "alg"),
                Members.text(header, "kid"),
                Members.text(header, "typ"),
                json(parts[1], "payload"),
                (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                octets(parts[2], "signature"));
    }

    private static JsonNode json(String base64Url, String part) throws MalformedException {
        return StrictJson.read(octets(base64Url, part))
                .filter(JsonNode::isObject)
                .orElseThrow(
                        () -> new MalformedException("its " + part + " is no strict JSON object: was it cut off?"));
    }

    private static byte[] octets(String base64Url, String part) throws MalformedException {
        byte[] octets = StrictBase64Url.decodeOrNull(base64Url);
        if (octets == null) {
            throw new MalformedException("its " + part + " is not strict base64url: was it cut off?");
        }
        return octets;
    }
}
