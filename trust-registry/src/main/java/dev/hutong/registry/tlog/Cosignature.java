package dev.hutong.registry.tlog;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The timestamped signature of a witness and what it is made over (C2SP tlog-cosignature, "Format").
 *
 * @param at in whole seconds since 1970
 * @param signature of Ed25519, 64 octets
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for one call and is never compared.
record Cosignature(Instant at, byte[] signature) {
    private static final int OCTETS = Long.BYTES + 64;

    /** Empty where it has not 72 octets, or a time from 2^63 seconds on or beyond what an Instant holds. */
    static Optional<Cosignature> parse(byte[] octets) {
        if (octets.length != OCTETS) {
            return Optional.empty();
        }
        long seconds = ByteBuffer.wrap(octets).getLong();
        return seconds < 0 || seconds > Instant.MAX.getEpochSecond()
                ? Optional.empty()
                : Optional.of(new Cosignature(
                        Instant.ofEpochSecond(seconds), Arrays.copyOfRange(octets, Long.BYTES, OCTETS)));
    }

    byte[] octets() {
        return ByteBuffer.allocate(OCTETS)
                .putLong(at.getEpochSecond())
                .put(signature)
                .array();
    }

    /** The octets that a witness signs: "Ed25519 signed message". */
    static byte[] message(Instant at, String checkpointText) {
        return LogText.octets("cosignature/v1\ntime " + at.getEpochSecond() + "\n" + checkpointText);
    }
}
