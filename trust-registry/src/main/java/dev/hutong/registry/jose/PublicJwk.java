package dev.hutong.registry.jose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A public key that passed every check of admission: a point of its curve, with one algorithm and its computed thumbprint.
 *
 * <p>The only way to one is {@link #parse}. Two are equal where they are the same key for the same algorithm, used with the same
 * signer id. Members that name networks or certificates ({@code jku}, {@code x5u}, {@code x5c}) are not kept.
 */
public final class PublicJwk {
    /** The signer id of SM2 where a key names no other (GB/T 35276-2017, 10). */
    public static final String DEFAULT_SM2_ID = "1234567812345678";

    private final SignatureAlgorithm algorithm;
    private final byte[] x;
    private final byte[] y;
    private final String sm2Id;
    private final String kid;

    /** For {@link JwkReader} and {@link PrivateJwk}, which have checked the coordinates; y is empty for Ed25519. */
    PublicJwk(SignatureAlgorithm algorithm, byte[] x, byte[] y, String sm2Id) {
        this.algorithm = algorithm;
        this.x = x.clone();
        this.y = y.clone();
        this.sm2Id = sm2Id;
        this.kid = thumbprint();
    }

    /** Admits the key in this JSON object, or says which check it failed. */
    public static KeyAdmission<PublicJwk> parse(JsonNode jwk) {
        return JwkReader.publicKey(jwk);
    }

    /** Admits the key in this JSON text, or says which check it failed. Never throws on foreign octets. */
    public static KeyAdmission<PublicJwk> parse(byte[] utf8) {
        return StrictJson.read(utf8).map(PublicJwk::parse).orElseGet(() -> JwkReader.notJson(utf8));
    }

    /** The one algorithm of this key. */
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /** The RFC 7638 SHA-256 thumbprint, base64url, 43 characters. */
    public String kid() {
        return kid;
    }

    /** The x coordinate, 32 octets big-endian; for Ed25519 the encoded point of RFC 8032. */
    public byte[] x() {
        return x.clone();
    }

    /** The y coordinate, 32 octets big-endian; empty for Ed25519. */
    public byte[] y() {
        return y.clone();
    }

    /** The signer id that SM2 hashes before the message; without meaning for the other algorithms. */
    public String sm2Id() {
        return sm2Id;
    }

    /** The public key as it is published, with {@code alg}, {@code use} and {@code kid}, its members always in the same order. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kty", keyType());
        if (algorithm != SignatureAlgorithm.SM2) {
            json.put("crv", curveName());
        }
        json.put("x", StrictBase64Url.encode(x));
        if (algorithm != SignatureAlgorithm.EDDSA) {
            json.put("y", StrictBase64Url.encode(y));
        }
        json.put("alg", algorithm.jose()).put("use", "sig").put("kid", kid);
        if (!sm2Id.equals(DEFAULT_SM2_ID)) {
            json.put("sm2_id", sm2Id);
        }
        return json;
    }

    private String keyType() {
        return switch (algorithm) {
            case ES256 -> "EC";
            case EDDSA -> "OKP";
            case SM2 -> "SM2";
        };
    }

    private String curveName() {
        return algorithm == SignatureAlgorithm.ES256 ? "P-256" : "Ed25519";
    }

    /** RFC 7638 §3: the required members alone, in lexicographic order, without white space. */
    private String thumbprint() {
        String x64 = StrictBase64Url.encode(x);
        String y64 = StrictBase64Url.encode(y);
        String required = switch (algorithm) {
            case ES256 -> "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x64 + "\",\"y\":\"" + y64 + "\"}";
            case EDDSA -> "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x64 + "\"}";
            case SM2 -> "{\"kty\":\"SM2\",\"x\":\"" + x64 + "\",\"y\":\"" + y64 + "\"}";
        };
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return StrictBase64Url.encode(sha256.digest(required.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicJwk that
                && algorithm == that.algorithm
                && Arrays.equals(x, that.x)
                && Arrays.equals(y, that.y)
                && sm2Id.equals(that.sm2Id);
    }

    @Override
    public int hashCode() {
        return kid.hashCode();
    }

    @Override
    public String toString() {
        return algorithm.jose() + " key " + kid;
    }
}
