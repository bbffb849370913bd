package dev.hutong.registry.proposal;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Times as text (RFC 3339): of the years 0000 to 9999, so that nothing overflows where a duration is added to one, or it is counted in milliseconds. */
public final class Rfc3339 {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Rfc3339() {}

    /** The instant that this text is, or empty where it is none. */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.parse(text)).filter(Rfc3339::hasFourDigitYear);
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static boolean hasFourDigitYear(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(END);
    }
}
