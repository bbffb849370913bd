package dev.hutong.registry.jose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;

/**
 * Signs JSON texts by one key as JWS in the compact serialization (RFC 7515 §7.1). The header holds exactly {@code alg}, {@code kid} (the
 * key's thumbprint) and {@code typ}. Safe for any number of threads.
 */
public final class CompactJwsSigner {
    private final PublicJwk key;
    private final SignatureSigner signer;

    public CompactJwsSigner(PrivateJwk key, SignatureProviders by) {
        this.key = key.publicJwk();
        this.signer = by.signer(key);
    }

    /** The key's public half. */
    public PublicJwk key() {
        return key;
    }

    /** @param typ what is signed, as the header's {@code typ} says it */
    public String sign(String typ, JsonNode payload) {
        String header = JsonNodeFactory.instance
                .objectNode()
                .put("alg", key.algorithm().jose())
                .put("kid", key.kid())
                .put("typ", typ)
                .toString();
        String input = encode(header) + "." + encode(payload.toString());
        return input + "." + StrictBase64Url.encode(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encode(String text) {
        return StrictBase64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }
}
