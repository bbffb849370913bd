package dev.hutong.registry;

import dev.hutong.registry.jose.SignatureVerifier;
import java.util.function.Supplier;

/**
 * A signature in the log that is still to be checked: the fold says which key must have signed what, and goes on; whoever folds decides
 * when to check, and on how many cores.
 *
 * @param entry the log's entry that holds it
 * @param kid the key that must have signed
 * @param signingInput made only where it is checked
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
record SignatureCheck(
        long entry, String kid, SignatureVerifier verifier, Supplier<byte[]> signingInput, byte[] signature) {
    boolean fails() {
        return !verifier.verify(signingInput.get(), signature);
    }
}
