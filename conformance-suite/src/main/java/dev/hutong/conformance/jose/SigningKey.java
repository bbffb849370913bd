package dev.hutong.conformance.jose;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;

/** An issuer's key pair, with exactly one algorithm, that signs tokens. Immutable and safe for use by several threads. */
public final class SigningKey {
    private final Algorithm algorithm;
    private final KeyPair pair;
    private final String kid;

    private SigningKey(Algorithm algorithm, KeyPair pair) {
        this.algorithm = algorithm;
        this.pair = pair;
        this.kid = Jwk.thumbprint(algorithm, pair.getPublic());
    }

    public static SigningKey generate(Algorithm algorithm) {
        return new SigningKey(algorithm, SignatureScheme.generate(algorithm));
    }

    /**
     * Reads a private JWK as {@link #privateJwk} writes it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static SigningKey fromPrivateJwk(String json) {
        var jwk = Jwk.parse(json);
        return new SigningKey(Algorithm.named(jwk.path("alg").asText()), Jwk.pair(jwk));
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /** The RFC 7638 SHA-256 thumbprint, base64url; for SM2 over {@code {"kty":"SM2","x":…,"y":…}}. */
    public String kid() {
        return kid;
    }

    /** The public key as JWK text, with {@code alg}, {@code use} and {@code kid}. */
    public String publicJwk() {
        return Jwk.json(publicMembers());
    }

    /** The whole key as JWK text, {@code d} included. */
    public String privateJwk() {
        Map<String, String> members = publicMembers();
        members.put("d", Jwk.secret(pair.getPrivate()));
        return Jwk.json(members);
    }

    /** The signature over a message, always 64 raw bytes: r‖s, or R‖S for Ed25519. */
    public byte[] sign(byte[] message) {
        return SignatureScheme.sign(algorithm, pair, message);
    }

    /** True if the 64 raw bytes are this key's signature over the message. */
    public boolean verifies(byte[] message, byte[] signature) {
        return SignatureScheme.verify(algorithm, pair.getPublic(), message, signature);
    }

    /** The header of an honest token: exactly {@code alg}, {@code kid} and {@code typ}. */
    public Map<String, Object> header(String typ) {
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", algorithm.jwsName());
        header.put("kid", kid);
        header.put("typ", typ);
        return header;
    }

    /** An honest token: the compact serialization (RFC 7515 §7.1) with the header of {@link #header}. */
    public String jws(String typ, byte[] payload) {
        return jws(header(typ), payload);
    }

    /** A token with any header at all, signed by this key whatever the header claims. */
    public String jws(Map<String, ?> header, byte[] payload) {
        String signingInput = Base64Url.encode(Jwk.json(header)) + "." + Base64Url.encode(payload);
        return signingInput + "." + Base64Url.encode(sign(signingInput.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Names the key, never its secret. */
    @Override
    public String toString() {
        return algorithm.jwsName() + " key " + kid;
    }

    private Map<String, String> publicMembers() {
        Map<String, String> members = new LinkedHashMap<>(Jwk.requiredMembers(algorithm, pair.getPublic()));
        members.put("alg", algorithm.jwsName());
        members.put("use", "sig");
        members.put("kid", kid);
        return members;
    }
}
