package dev.hutong.conformance.jose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tencent.kona.crypto.spec.SM2PrivateKeySpec;
import com.tencent.kona.crypto.spec.SM2PublicKeySpec;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.SortedMap;
import java.util.TreeMap;

/** The members of a key as JSON Web Key (RFC 7517, RFC 8037 for Ed25519, a private {@code kty} for SM2), there and back. */
final class Jwk {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Jwk() {}

    /** The members a thumbprint covers, in the lexicographic order RFC 7638 §3.3 wants. */
    static SortedMap<String, String> requiredMembers(Algorithm algorithm, PublicKey key) {
        var members = new TreeMap<String, String>();
        switch (algorithm) {
            case ES256 -> {
                members.put("kty", "EC");
                members.put("crv", "P-256");
                putPoint(members, (ECPublicKey) key);
            }
            case SM2 -> {
                members.put("kty", "SM2");
                putPoint(members, (ECPublicKey) key);
            }
            case EDDSA -> {
                members.put("kty", "OKP");
                members.put("crv", "Ed25519");
                members.put("x", Base64Url.encode(encoded(((EdECPublicKey) key).getPoint())));
            }
        }
        return members;
    }

    /** RFC 7638: base64url of SHA-256 over the required members. */
    static String thumbprint(Algorithm algorithm, PublicKey key) {
        try {
            String text = json(requiredMembers(algorithm, key));
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The private part {@code d}, base64url, 32 bytes. */
    static String secret(PrivateKey key) {
        return switch (key) {
            case ECPrivateKey ec -> Base64Url.encode(EcSignature.fixedWidth(ec.getS()));
            case EdECPrivateKey ed -> Base64Url.encode(ed.getBytes().orElseThrow());
            default -> throw new IllegalArgumentException("not a key of these algorithms: " + key.getAlgorithm());
        };
    }

    /**
     * Reads a private JWK with {@code alg}, the coordinates and {@code d}.
     *
     * @throws IllegalArgumentException if a member is missing or is not a key
     */
    static KeyPair pair(JsonNode jwk) {
        try {
            byte[] x = coordinate(jwk, "x");
            byte[] d = coordinate(jwk, "d");
            return switch (Algorithm.named(jwk.path("alg").asText())) {
                case ES256 -> p256(point(x, coordinate(jwk, "y")), new BigInteger(1, d));
                case SM2 -> sm2(point(x, coordinate(jwk, "y")), d);
                case EDDSA -> ed25519(x, d);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a private JWK: " + e.getMessage(), e);
        }
    }

    static String json(Object members) {
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void putPoint(SortedMap<String, String> members, ECPublicKey key) {
        members.put("x", Base64Url.encode(EcSignature.fixedWidth(key.getW().getAffineX())));
        members.put("y", Base64Url.encode(EcSignature.fixedWidth(key.getW().getAffineY())));
    }

    /** RFC 8032 §5.1.2: y little-endian, the lowest bit of x in the highest bit. */
    private static byte[] encoded(EdECPoint point) {
        byte[] bytes = reversed(EcSignature.fixedWidth(point.getY()));
        if (point.isXOdd()) {
            bytes[31] |= (byte) 0x80;
        }
        return bytes;
    }

    private static KeyPair p256(ECPoint point, BigInteger d) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC", SignatureScheme.SUN_EC);
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
        KeyFactory keys = KeyFactory.getInstance("EC", SignatureScheme.SUN_EC);
        return new KeyPair(
                keys.generatePublic(new ECPublicKeySpec(point, curve)),
                keys.generatePrivate(new ECPrivateKeySpec(d, curve)));
    }

    private static KeyPair sm2(ECPoint point, byte[] d) throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("SM2", SignatureScheme.KONA);
        return new KeyPair(
                keys.generatePublic(new SM2PublicKeySpec(point)), keys.generatePrivate(new SM2PrivateKeySpec(d)));
    }

    private static KeyPair ed25519(byte[] x, byte[] d) throws GeneralSecurityException {
        byte[] bigEndian = reversed(x);
        boolean xOdd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        KeyFactory keys = KeyFactory.getInstance("Ed25519", SignatureScheme.SUN_EC);
        var point = new EdECPoint(xOdd, new BigInteger(1, bigEndian));
        return new KeyPair(
                keys.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point)),
                keys.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, d)));
    }

    private static ECPoint point(byte[] x, byte[] y) {
        return new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
    }

    private static byte[] coordinate(JsonNode jwk, String member) {
        byte[] bytes = Base64Url.decode(jwk.path(member).asText());
        if (bytes.length != EcSignature.COORDINATE_BYTES) {
            throw new IllegalArgumentException("member \"" + member + "\" must be 32 bytes in base64url");
        }
        return bytes;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
