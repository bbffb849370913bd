package dev.hutong.registry.proposal;

import dev.hutong.registry.jose.StrictBase64Url;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a hub hands out to be signed into a proposal: when it did, something random, and a code by which the hub knows its own again
 * ({@link NonceIssuer}). That it is fresh and used once can be seen by everybody who replays the log; that it is the hub's own, only by
 * the hub.
 *
 * @param text base64url of 8 octets of milliseconds since 1970, 16 random ones and 16 of the code
 * @param issuedAt when it was handed out, by the hub's clock
 */
public record Nonce(String text, Instant issuedAt) {
    /** For how long it can be used. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    static final int RANDOM_OCTETS = 16;
    static final int CODE_OCTETS = 16;

    private static final int OCTETS = Long.BYTES + RANDOM_OCTETS + CODE_OCTETS;
    private static final long END_OF_TIME =
            Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    /** The nonce that this text is, or empty where it has another form. */
    public static Optional<Nonce> parse(String text) {
        byte[] octets = StrictBase64Url.decodeOrNull(text);
        if (octets == null || octets.length != OCTETS) {
            return Optional.empty();
        }
        long millis = ByteBuffer.wrap(octets).getLong();
        return millis < 0 || millis > END_OF_TIME
                ? Optional.empty()
                : Optional.of(new Nonce(text, Instant.ofEpochMilli(millis)));
    }

    /** Whether it can still be, or could be, used at this instant. */
    public boolean isFreshAt(Instant now) {
        return !issuedAt.isAfter(now.plus(LIFETIME)) && now.isBefore(issuedAt.plus(LIFETIME));
    }
}
