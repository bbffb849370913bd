package dev.hutong.conformance.jose;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One deliberate fault in an otherwise honest token, as attackers and careless issuers make it (RFC 8725 §2 and §3). A hub must refuse each, and for the right reason.
 */
public enum TokenFault {
    /** One bit of the signature is flipped. */
    TAMPERED_SIGNATURE {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            byte[] signature = key.sign(input(key.header(typ), payload));
            signature[40] ^= 1;
            return compact(key.header(typ), payload, signature);
        }
    },
    /** Signed over another payload than the one it carries. */
    TAMPERED_PAYLOAD {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            byte[] other = input(key.header(typ), "{}".getBytes(StandardCharsets.UTF_8));
            return compact(key.header(typ), payload, key.sign(other));
        }
    },
    /** r = s = 0, which some verifiers take for good. */
    ZERO_SIGNATURE {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            return compact(key.header(typ), payload, new byte[64]);
        }
    },
    /** A good signature in DER, where JWS wants r‖s. For Ed25519, which has no DER form, its halves written as integers. */
    DER_SIGNATURE {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            byte[] signature = key.sign(input(key.header(typ), payload));
            return compact(
                    key.header(typ), payload, EcSignature.fromRaw(signature).der());
        }
    },
    /** The signature is missing, the dot before it is there. */
    EMPTY_SIGNATURE {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            return compact(key.header(typ), payload, new byte[0]);
        }
    },
    /** {@code alg} is another one of the three; signed by the key all the same. */
    WRONG_ALG {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            Algorithm other = key.algorithm() == Algorithm.EDDSA ? Algorithm.ES256 : Algorithm.EDDSA;
            return with(key, typ, "alg", other.jwsName(), payload);
        }
    },
    /** {@code alg} is {@code none} and nothing is signed. */
    ALG_NONE {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            Map<String, Object> header = key.header(typ);
            header.put("alg", "none");
            return compact(header, payload, new byte[0]);
        }
    },
    /** A header member too many, and the worst of them: where to fetch the key. */
    EXTRA_HEADER {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            return with(key, typ, "jku", "http://127.0.0.1:9/keys", payload);
        }
    },
    /** No {@code kid}. */
    MISSING_KID {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            Map<String, Object> header = key.header(typ);
            header.remove("kid");
            return key.jws(header, payload);
        }
    },
    /** Another {@code typ}: one kind of token used as another. */
    OTHER_TYP {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            return with(key, typ, "typ", "JWT", payload);
        }
    },
    /** Signed by a fresh key nobody has registered, under its own {@code kid}. */
    UNKNOWN_KEY {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            return SigningKey.generate(key.algorithm()).jws(typ, payload);
        }
    },
    /** Signed by a fresh key under the {@code kid} of the registered one. */
    BORROWED_KID {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            return SigningKey.generate(key.algorithm()).jws(key.header(typ), payload);
        }
    },
    /** The first member of the payload stands there twice, with one value; properly signed. */
    DUPLICATE_MEMBER {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            String text = new String(payload, StandardCharsets.UTF_8);
            Map.Entry<String, JsonNode> first =
                    Jwk.parse(text).properties().iterator().next();
            String twice = "{" + Jwk.json(first.getKey()) + ":" + first.getValue() + "," + text.substring(1);
            return key.jws(typ, twice.getBytes(StandardCharsets.UTF_8));
        }
    },
    /** Base64 padding behind the signature. */
    PADDED {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            return key.jws(typ, payload) + "==";
        }
    },
    /** The last third is missing. */
    TRUNCATED {
        @Override
        public String token(SigningKey key, String typ, byte[] payload) {
            String whole = key.jws(typ, payload);
            return whole.substring(0, whole.length() * 2 / 3);
        }
    };

    /**
     * The faulty token.
     *
     * @param key the key that an honest token would be signed by
     * @param typ what {@code typ} an honest token would have
     * @param payload a JSON object, UTF-8, with no white space before its brace and with one member at least
     */
    public abstract String token(SigningKey key, String typ, byte[] payload);

    private static String with(SigningKey key, String typ, String member, Object value, byte[] payload) {
        Map<String, Object> header = key.header(typ);
        header.put(member, value);
        return key.jws(header, payload);
    }

    private static byte[] input(Map<String, Object> header, byte[] payload) {
        return signingInput(header, payload).getBytes(StandardCharsets.US_ASCII);
    }

    private static String compact(Map<String, Object> header, byte[] payload, byte[] signature) {
        return signingInput(header, payload) + "." + Base64Url.encode(signature);
    }

    private static String signingInput(Map<String, Object> header, byte[] payload) {
        return Base64Url.encode(Jwk.json(header)) + "." + Base64Url.encode(payload);
    }
}
