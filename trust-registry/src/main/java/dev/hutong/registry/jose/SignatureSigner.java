package dev.hutong.registry.jose;

/** Signs by one private key. Safe for use by any number of threads at once. */
@FunctionalInterface
public interface SignatureSigner {
    /**
     * The signature over {@code signingInput}: 64 octets, raw r‖s or Ed25519's own.
     *
     * @throws IllegalStateException if the library beneath cannot sign, which no input explains
     */
    byte[] sign(byte[] signingInput);
}
