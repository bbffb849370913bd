package dev.hutong.registry.jose;

import java.security.SecureRandom;
import java.util.Random;

/** Repeats itself: for tests that must find the same keys in every run. */
public final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random;

    public SeededRandom(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        // The constructor of SecureRandom may ask before this class is ready.
        if (random != null) {
            random.nextBytes(bytes);
        }
    }
}
