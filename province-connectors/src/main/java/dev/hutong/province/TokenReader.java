package dev.hutong.province;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.Claims;
import dev.hutong.mapping.format.TokenSchema;
import dev.hutong.registry.SignedToken;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a compact JWS (RFC 7515 §7.1) against its schema: strict base64url, strict JSON, a header of exactly {@code alg}, {@code kid} and
 * {@code typ}. Every fault is MALFORMED_CODE; all of it can be seen without a key, and nothing of the token is acted upon before.
 */
final class TokenReader {
    private static final int HEADER_MEMBERS = 3;

    /** Of each of the three algorithms: RFC 7518 §3.4 (ES256), RFC 8032 §5.1.6 (Ed25519), raw r‖s for SM2. */
    private static final int SIGNATURE_OCTETS = 64;

    private TokenReader() {}

    static Outcome<Token> read(byte[] compact, TokenSchema schema) {
        return read(compact, schema, List.of());
    }

    /**
     * @param jsonText members of the payload whose text is JSON itself, and is read as such
     */
    static Outcome<Token> read(byte[] compact, TokenSchema schema, List<String> jsonText) {
        int first = indexOfDot(compact, 0);
        int second = first < 0 ? -1 : indexOfDot(compact, first + 1);
        if (second < 0 || indexOfDot(compact, second + 1) >= 0) {
            return malformed("not three parts with a dot between them");
        }
        byte[] header = StrictBase64Url.decodeOrNull(compact, 0, first);
        byte[] payload = StrictBase64Url.decodeOrNull(compact, first + 1, second);
        byte[] signature = StrictBase64Url.decodeOrNull(compact, second + 1, compact.length);
        if (header == null || payload == null || signature == null) {
            return malformed("a part is not base64url without padding");
        }
        if (signature.length != SIGNATURE_OCTETS) {
            return malformed("a signature of " + signature.length + " bytes where " + SIGNATURE_OCTETS + " are due");
        }
        Optional<JsonNode> headerJson = StrictJson.read(header);
        if (headerJson.isEmpty() || !isHeader(headerJson.get())) {
            return malformed("the header is not exactly alg, kid and typ, each a text");
        }
        if (!headerJson.get().get("typ").textValue().equals(schema.typ())) {
            return malformed("typ is not " + schema.typ());
        }
        if (!schema.admits(headerJson.get().get("alg").textValue())) {
            return malformed("alg is none that the format admits");
        }
        Optional<JsonNode> payloadJson = StrictJson.read(payload);
        if (payloadJson.isEmpty()) {
            return malformed("the payload is not strict JSON");
        }
        return unwrap(payloadJson.get(), jsonText).then(schema::read).then(claims -> {
            byte[] signingInput = Arrays.copyOf(compact, second);
            return Outcome.passed(token(headerJson.get(), claims, signingInput, signature));
        });
    }

    private static Token token(JsonNode header, Claims claims, byte[] signingInput, byte[] signature) {
        return new Token(
                claims,
                new SignedToken(
                        header.get("kid").textValue(),
                        header.get("alg").textValue(),
                        claims.time(Token.ISSUED_AT).orElseThrow(),
                        signingInput,
                        signature));
    }

    private static boolean isHeader(JsonNode header) {
        return header.isObject()
                && header.size() == HEADER_MEMBERS
                && header.path("alg").isTextual()
                && header.path("kid").isTextual()
                && header.path("typ").isTextual();
    }

    private static Outcome<JsonNode> unwrap(JsonNode payload, List<String> jsonText) {
        for (String member : jsonText) {
            JsonNode text = payload.path(member);
            Optional<JsonNode> inner = text.isTextual()
                    ? StrictJson.read(text.textValue().getBytes(StandardCharsets.UTF_8))
                    : Optional.empty();
            if (inner.isEmpty() || !(payload instanceof ObjectNode object)) {
                return malformed(member + " is not a text that holds strict JSON");
            }
            object.set(member, inner.get());
        }
        return Outcome.passed(payload);
    }

    private static int indexOfDot(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '.') {
                return i;
            }
        }
        return -1;
    }

    private static <T> Outcome<T> malformed(String why) {
        return Outcome.refused(Reason.MALFORMED_CODE, why);
    }
}
