package dev.hutong.hub.cluster;

import dev.hutong.registry.jose.PrivateJwk;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The names under which hubs tell each other of clients and assertions. Who reads along without the key learns no more from one than that
 * the same came again. Safe for any number of threads.
 */
final class Pseudonyms {
    /** Octets of a pseudonym. */
    static final int WIDTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param logKey the key that signs the log's checkpoints, the one secret that the hubs of a registry share */
    Pseudonyms(PrivateJwk logKey) {
        // A key of its own, so that a pseudonym says nothing about the other one (NIST SP 800-108: one key, one use).
        this.key = new SecretKeySpec(
                hmac(
                        new SecretKeySpec(
                                logKey.toJson().get("d").textValue().getBytes(StandardCharsets.US_ASCII), ALGORITHM),
                        "hutong cluster pseudonyms v1"),
                ALGORITHM);
    }

    /**
     * The pseudonym of a name.
     *
     * @param kind of what; no NUL in it
     */
    byte[] of(String kind, String name) {
        return hmac(key, kind + '\0' + name);
    }

    private static byte[] hmac(SecretKeySpec key, String message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has HmacSHA256", impossible);
        }
    }
}
