package dev.hutong.registry.jose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.jose.KeyAdmission.Admitted;
import dev.hutong.registry.jose.KeyAdmission.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The checks that a key passes on its way in, once, at admission; nothing later looks again. Each throws the fault it finds, and the
 * two entrances turn that into a value.
 */
final class JwkReader {
    private static final int MAX_SIGNER_ID_OCTETS = 255;

    private JwkReader() {}

    static KeyAdmission<PublicJwk> publicKey(JsonNode jwk) {
        try {
            // First of all: whoever pastes a private key by mistake must learn that, not that its use is wrong.
            if (jwk.has("d")) {
                throw new Fault(KeyFault.PRIVATE_MEMBER_PRESENT, "This is a private key: it has the member \"d\"");
            }
            return new Admitted<>(readPublic(jwk, "verify"));
        } catch (Fault fault) {
            return new Refused<>(fault.fault, fault.detail);
        }
    }

    static KeyAdmission<PrivateJwk> privateKey(JsonNode jwk) {
        try {
            PublicJwk publicJwk = readPublic(jwk, "sign");
            if (!jwk.has("d")) {
                throw new Fault(KeyFault.PRIVATE_MEMBER_MISSING, "The member \"d\" is missing");
            }
            byte[] d = octets32(jwk, "d");
            checkPrivate(publicJwk, d);
            return new Admitted<>(new PrivateJwk(publicJwk, d));
        } catch (Fault fault) {
            return new Refused<>(fault.fault, fault.detail);
        }
    }

    static <K> KeyAdmission<K> notJson(byte[] utf8) {
        return new Refused<>(
                KeyFault.NOT_JSON,
                "This is not strict JSON: " + StrictJson.faultIn(utf8).orElse("nothing was read"));
    }

    private static PublicJwk readPublic(JsonNode jwk, String operation) throws Fault {
        SignatureAlgorithm algorithm = algorithmOf(jwk);
        checkPurpose(jwk, algorithm, operation);
        byte[] x = octets32(jwk, "x");
        byte[] y = algorithm == SignatureAlgorithm.EDDSA ? new byte[0] : octets32(jwk, "y");
        checkPoint(algorithm, x, y);
        String sm2Id = algorithm == SignatureAlgorithm.SM2 ? signerId(jwk) : PublicJwk.DEFAULT_SM2_ID;
        PublicJwk key = new PublicJwk(algorithm, x, y, sm2Id);
        if (jwk.has("kid") && !key.kid().equals(jwk.get("kid").textValue())) {
            throw new Fault(
                    KeyFault.THUMBPRINT_MISMATCH,
                    "The kid is " + shown(jwk.get("kid")) + " but the key's thumbprint is " + key.kid());
        }
        return key;
    }

    private static SignatureAlgorithm algorithmOf(JsonNode jwk) throws Fault {
        JsonNode type = jwk.path("kty");
        if (!jwk.isObject() || !type.isTextual()) {
            throw new Fault(KeyFault.NOT_A_KEY, "There is no JSON object with a \"kty\"");
        }
        return switch (type.textValue()) {
            case "EC" -> withCurve(jwk, "P-256", SignatureAlgorithm.ES256);
            case "OKP" -> withCurve(jwk, "Ed25519", SignatureAlgorithm.EDDSA);
            case "SM2" -> {
                if (jwk.has("crv")) {
                    throw new Fault(KeyFault.UNSUPPORTED_CURVE, "A key of kty SM2 has a \"crv\"");
                }
                yield SignatureAlgorithm.SM2;
            }
            default -> throw new Fault(KeyFault.UNSUPPORTED_TYPE, "The kty " + shown(type) + " is not one of ours");
        };
    }

    private static SignatureAlgorithm withCurve(JsonNode jwk, String curve, SignatureAlgorithm algorithm) throws Fault {
        JsonNode crv = jwk.path("crv");
        if (!curve.equals(crv.textValue())) {
            throw new Fault(KeyFault.UNSUPPORTED_CURVE, "The crv " + shown(crv) + " is not " + curve);
        }
        return algorithm;
    }

    private static void checkPurpose(JsonNode jwk, SignatureAlgorithm algorithm, String operation) throws Fault {
        if (jwk.has("alg") && !algorithm.jose().equals(jwk.get("alg").textValue())) {
            throw new Fault(
                    KeyFault.ALGORITHM_MISMATCH,
                    "The alg is " + shown(jwk.get("alg")) + " but this key's is " + algorithm.jose());
        }
        if (jwk.has("use") && !"sig".equals(jwk.get("use").textValue())) {
            throw new Fault(KeyFault.NOT_FOR_SIGNATURES, "The use is " + shown(jwk.get("use")));
        }
        if (jwk.has("key_ops")) {
            JsonNode operations = jwk.get("key_ops");
            if (!operations.isArray()
                    || operations.size() != 1
                    || !operation.equals(operations.get(0).textValue())) {
                throw new Fault(KeyFault.OPERATIONS_MISMATCH, "The key_ops are " + shown(operations));
            }
        }
    }

    private static byte[] octets32(JsonNode jwk, String member) throws Fault {
        String text = jwk.path(member).textValue();
        byte[] octets = text == null ? null : StrictBase64Url.decodeOrNull(text);
        if (octets == null) {
            throw new Fault(KeyFault.MALFORMED_COORDINATE, "The member \"" + member + "\" is missing or not base64url");
        }
        if (octets.length != WeierstrassCurve.WIDTH) {
            throw new Fault(
                    KeyFault.MALFORMED_COORDINATE,
                    "The member \"" + member + "\" has " + octets.length + " octets instead of 32");
        }
        return octets;
    }

    private static void checkPoint(SignatureAlgorithm algorithm, byte[] x, byte[] y) throws Fault {
        boolean valid = switch (algorithm) {
            case ES256 -> WeierstrassCurve.P256.contains(x, y);
            case SM2 -> WeierstrassCurve.SM2.contains(x, y);
            // Full validation: under a key of small order, one signature is good for every message.
            case EDDSA -> Ed25519.validatePublicKeyFull(x, 0);
        };
        if (!valid) {
            throw new Fault(KeyFault.POINT_NOT_ON_CURVE, "The coordinates are not those of a point on the curve");
        }
    }

    private static void checkPrivate(PublicJwk key, byte[] d) throws Fault {
        boolean valid = switch (key.algorithm()) {
            case ES256 -> isPair(WeierstrassCurve.P256, key, d);
            case SM2 -> isPair(WeierstrassCurve.SM2, key, d);
            case EDDSA -> Arrays.equals(key.x(), PrivateJwk.ed25519PublicKey(d));
        };
        if (!valid) {
            throw new Fault(KeyFault.PRIVATE_MEMBER_INVALID, "The member \"d\" does not belong to this public key");
        }
    }

    private static boolean isPair(WeierstrassCurve curve, PublicJwk key, byte[] d) {
        if (!curve.isPrivateScalar(d)) {
            return false;
        }
        byte[] point = curve.publicPoint(d);
        int width = WeierstrassCurve.WIDTH;
        return Arrays.equals(point, 0, width, key.x(), 0, width)
                && Arrays.equals(point, width, 2 * width, key.y(), 0, width);
    }

    private static String signerId(JsonNode jwk) throws Fault {
        if (!jwk.has("sm2_id")) {
            return PublicJwk.DEFAULT_SM2_ID;
        }
        String id = jwk.get("sm2_id").textValue();
        if (id == null
                || id.isEmpty()
                || !StrictUtf8.isEncodable(id)
                || id.getBytes(StandardCharsets.UTF_8).length > MAX_SIGNER_ID_OCTETS) {
            throw new Fault(KeyFault.MALFORMED_SIGNER_ID, "The sm2_id is " + shown(jwk.get("sm2_id")));
        }
        return id;
    }

    /** A foreign value in a message: cut short, its quotes and control characters escaped as JSON has them. */
    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "missing";
        }
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** The check that failed; without a stack, for it never leaves this class. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final KeyFault fault;
        private final String detail;

        Fault(KeyFault fault, String detail) {
            super(detail, null, false, false);
            this.fault = fault;
            this.detail = detail;
        }
    }
}
