package dev.hutong.hub.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.jose.SigningKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Makes codes that an honest issuer would not make, with the issuer's own key where that makes the attack stronger.
 *
 * @param prefix of the format's texts
 * @param typ of its tokens
 */
record Forge(String prefix, String typ, SigningKey key) {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** An honest header. */
    Map<String, Object> header() {
        return key.header(typ);
    }

    String honest(ObjectNode claims) {
        return prefix + key.jws(header(), utf8(claims.toString()));
    }

    /** A header with one member set, properly signed. */
    String with(String member, Object value, ObjectNode claims) {
        Map<String, Object> header = header();
        header.put(member, value);
        return prefix + key.jws(header, utf8(claims.toString()));
    }

    /** A header with one member less, properly signed. */
    String without(String member, ObjectNode claims) {
        Map<String, Object> header = header();
        header.remove(member);
        return prefix + key.jws(header, utf8(claims.toString()));
    }

    /** Any octets for a header and a payload, properly signed. */
    String octets(byte[] header, byte[] payload) {
        String input = encode(header) + "." + encode(payload);
        return prefix + input + "." + encode(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The honest header as JSON text. */
    String headerText() {
        return "{\"alg\":\"" + key.algorithm().jwsName() + "\",\"kid\":\"" + key.kid() + "\",\"typ\":\"" + typ + "\"}";
    }

    String headerText(String header, ObjectNode claims) {
        return octets(utf8(header), utf8(claims.toString()));
    }

    String payloadText(String payload) {
        return octets(utf8(headerText()), utf8(payload));
    }

    /** The honest code with another signature. */
    String signedBy(byte[] signature, ObjectNode claims) {
        String honest = honest(claims);
        return honest.substring(0, honest.lastIndexOf('.') + 1) + encode(signature);
    }

    /** The signature of the honest code. */
    byte[] signature(ObjectNode claims) {
        return key.sign(signingInput(claims));
    }

    /** What the signature of the honest code is over. */
    byte[] signingInput(ObjectNode claims) {
        String input = encode(utf8(headerText())) + "." + encode(utf8(claims.toString()));
        return input.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String encode(byte[] octets) {
        return BASE64URL.encodeToString(octets);
    }

    /** r‖s, 32 octets each. */
    static byte[] pair(BigInteger r, BigInteger s) {
        byte[] pair = new byte[64];
        put(r, pair, 0);
        put(s, pair, 32);
        return pair;
    }

    private static void put(BigInteger number, byte[] to, int offset) {
        byte[] octets = number.toByteArray();
        for (int i = 0; i < Math.min(32, octets.length); i++) {
            to[offset + 31 - i] = octets[octets.length - 1 - i];
        }
    }
}
