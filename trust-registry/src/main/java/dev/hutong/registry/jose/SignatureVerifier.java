package dev.hutong.registry.jose;

/** Checks signatures by one public key. Safe for use by any number of threads at once. */
@FunctionalInterface
public interface SignatureVerifier {
    /**
     * True where {@code signature} (64 octets: raw r‖s, or Ed25519's own) is this key's over {@code signingInput}. A malformed
     * signature, and any failure of the library beneath, is false: this method does not throw.
     */
    boolean verify(byte[] signingInput, byte[] signature);
}
