package dev.hutong.registry.jose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A key pair whose private half was checked against its public one. Its {@link #toString} and its refusals never show {@code d};
 * only {@link #toJson} does.
 */
public final class PrivateJwk {
    private final PublicJwk publicJwk;
    private final byte[] d;

    /** For {@link JwkReader} and {@link #generate}, which know that d belongs to the public key. */
    PrivateJwk(PublicJwk publicJwk, byte[] d) {
        this.publicJwk = publicJwk;
        this.d = d.clone();
    }

    /** A new key pair for this algorithm, with the default signer id where it is SM2. */
    public static PrivateJwk generate(SignatureAlgorithm algorithm, SecureRandom random) {
        return switch (algorithm) {
            case ES256 -> onCurve(algorithm, WeierstrassCurve.P256, random);
            case SM2 -> onCurve(algorithm, WeierstrassCurve.SM2, random);
            case EDDSA -> {
                byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
                random.nextBytes(seed);
                yield new PrivateJwk(
                        new PublicJwk(algorithm, ed25519PublicKey(seed), new byte[0], PublicJwk.DEFAULT_SM2_ID), seed);
            }
        };
    }

    /** Admits the key pair in this JSON object, or says which check it failed. */
    public static KeyAdmission<PrivateJwk> parse(JsonNode jwk) {
        return JwkReader.privateKey(jwk);
    }

    /** Admits the key pair in this JSON text, or says which check it failed. Never throws on foreign octets. */
    public static KeyAdmission<PrivateJwk> parse(byte[] utf8) {
        return StrictJson.read(utf8).map(PrivateJwk::parse).orElseGet(() -> JwkReader.notJson(utf8));
    }

    /** The public half, the one that may leave the host. */
    public PublicJwk publicJwk() {
        return publicJwk;
    }

    /** The private scalar, or Ed25519's seed: 32 octets. */
    byte[] d() {
        return d.clone();
    }

    /** The key pair with {@code d}: a secret. */
    public ObjectNode toJson() {
        return publicJwk.toJson().put("d", StrictBase64Url.encode(d));
    }

    static byte[] ed25519PublicKey(byte[] seed) {
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, key, 0);
        return key;
    }

    private static PrivateJwk onCurve(SignatureAlgorithm algorithm, WeierstrassCurve curve, SecureRandom random) {
        byte[] d = curve.randomScalar(random);
        byte[] point = curve.publicPoint(d);
        byte[] x = Arrays.copyOf(point, WeierstrassCurve.WIDTH);
        byte[] y = Arrays.copyOfRange(point, WeierstrassCurve.WIDTH, point.length);
        return new PrivateJwk(new PublicJwk(algorithm, x, y, PublicJwk.DEFAULT_SM2_ID), d);
    }

    @Override
    public String toString() {
        return "private half of " + publicJwk;
    }
}
