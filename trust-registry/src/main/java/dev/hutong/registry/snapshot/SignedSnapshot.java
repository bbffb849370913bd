package dev.hutong.registry.snapshot;

import java.nio.charset.StandardCharsets;

/**
 * A snapshot, or a difference, as it travels.
 *
 * @param jws compact serialization
 * @param tag names exactly these octets: the sequence, a point, and a hash of them
 */
public record SignedSnapshot(String jws, String tag) {
    static SignedSnapshot of(String jws, long sequence) {
        return new SignedSnapshot(jws, sequence + "." + CanonicalJson.digest(jws.getBytes(StandardCharsets.US_ASCII)));
    }
}
