package dev.hutong.registry.jose;

import java.util.concurrent.atomic.LongAdder;

/** How often signatures were checked since the process began. Safe for any number of threads. */
public final class VerificationCount {
    private final LongAdder good = new LongAdder();
    private final LongAdder bad = new LongAdder();

    VerificationCount() {}

    SignatureVerifier counting(SignatureVerifier verifier) {
        return (signingInput, signature) -> {
            boolean holds = verifier.verify(signingInput, signature);
            (holds ? good : bad).increment();
            return holds;
        };
    }

    /** How many were the key's. */
    public long good() {
        return good.sum();
    }

    /** How many were not. */
    public long bad() {
        return bad.sum();
    }
}
