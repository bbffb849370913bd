package dev.hutong.registry.jose;

import java.util.Optional;

/** The three ways of signing that the federation knows. A key has exactly one of them, and it is the key that decides. */
public enum SignatureAlgorithm {
    /** ECDSA on P-256 with SHA-256, raw r‖s (RFC 7518 §3.4). */
    ES256("ES256"),
    /** Ed25519 (RFC 8032, RFC 8037 §3.1). */
    EDDSA("EdDSA"),
    /** SM2 with SM3, raw r‖s (GB/T 32918.2-2016). A private name: no JOSE registry has one. */
    SM2("SM2");

    private final String jose;

    SignatureAlgorithm(String jose) {
        this.jose = jose;
    }

    /** The name in a header's {@code alg}, in exactly these letters. */
    public String jose() {
        return jose;
    }

    /** The algorithm of this {@code alg}, compared letter by letter. */
    public static Optional<SignatureAlgorithm> of(String jose) {
        return switch (jose) {
            case "ES256" -> Optional.of(ES256);
            case "EdDSA" -> Optional.of(EDDSA);
            case "SM2" -> Optional.of(SM2);
            default -> Optional.empty();
        };
    }
}
