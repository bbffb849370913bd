package dev.hutong.registry.proposal;

import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.StrictBase64Url;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hands out nonces and knows its own again, without keeping any: hubs with the log's key know one another's. Safe for any number of threads. */
public final class NonceIssuer {
    private final SecretKeySpec secret;
    private final SecureRandom random = new SecureRandom();

    /** @param logKey the key that signs the log's checkpoints, the one secret that the hubs of a registry share */
    public NonceIssuer(PrivateJwk logKey) {
        // A key of its own, so that a nonce says nothing about the other one (NIST SP 800-108: one key, one use).
        this.secret = new SecretKeySpec(
                hmac(
                        new SecretKeySpec(
                                logKey.toJson().get("d").textValue().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"),
                        "hutong proposal nonce v1".getBytes(StandardCharsets.US_ASCII)),
                "HmacSHA256");
    }

    /** A new one. */
    public Nonce issue(Instant now) {
        byte[] salt = new byte[Nonce.RANDOM_OCTETS];
        random.nextBytes(salt);
        byte[] start = ByteBuffer.allocate(Long.BYTES + salt.length)
                .putLong(now.toEpochMilli())
                .put(salt)
                .array();
        byte[] whole = ByteBuffer.allocate(start.length + Nonce.CODE_OCTETS)
                .put(start)
                .put(code(start))
                .array();
        return Nonce.parse(StrictBase64Url.encode(whole)).orElseThrow();
    }

    /** Whether this, or another issuer with the same key, handed it out. */
    public boolean issued(Nonce nonce) {
        byte[] whole = StrictBase64Url.decodeOrNull(nonce.text());
        if (whole == null || whole.length < Nonce.CODE_OCTETS) {
            return false;
        }
        byte[] start = Arrays.copyOf(whole, whole.length - Nonce.CODE_OCTETS);
        return MessageDigest.isEqual(code(start), Arrays.copyOfRange(whole, start.length, whole.length));
    }

    private byte[] code(byte[] start) {
        return Arrays.copyOf(hmac(secret, start), Nonce.CODE_OCTETS);
    }

    private static byte[] hmac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has HmacSHA256", impossible);
        }
    }
}
