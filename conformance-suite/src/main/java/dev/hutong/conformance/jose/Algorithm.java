package dev.hutong.conformance.jose;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The three signature algorithms of the federation; each key has exactly one. */
public enum Algorithm {
    /** ECDSA with P-256 and SHA-256 (RFC 7518 §3.4). */
    ES256("ES256"),
    /** Ed25519 (RFC 8037 §3.1). */
    EDDSA("EdDSA"),
    /** SM3-with-SM2 (GB/T 32918.2), a private name. */
    SM2("SM2");

    private final String jwsName;

    Algorithm(String jwsName) {
        this.jwsName = jwsName;
    }

    /** The value of {@code alg} in a JWS header and in a JWK. */
    public String jwsName() {
        return jwsName;
    }

    /**
     * The algorithm of a JWS name, compared exactly.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Algorithm named(String jwsName) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.jwsName.equals(jwsName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no algorithm \"" + jwsName + "\": expected one of "
                        + Arrays.stream(values()).map(Algorithm::jwsName).collect(Collectors.joining(", "))));
    }
}
