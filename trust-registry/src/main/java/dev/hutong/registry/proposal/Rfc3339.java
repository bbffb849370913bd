package dev.hutong.registry.proposal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times as text (RFC 3339): of the years 0000 to 9999, so that nothing overflows where a duration is added to one, or it is counted in milliseconds. */
public final class Rfc3339 {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    /** A nought stands for any digit. */
    private static final String LAYOUT = "0000-00-00T00:00:00";

    private static final int NANO_DIGITS = 9;

    private Rfc3339() {}

    /** The instant that this text is, or empty where it is none. */
    public static Optional<Instant> parse(String text) {
        try {
            Instant instant = isPlain(text) ? plain(text) : Instant.parse(text);
            return Optional.of(instant).filter(Rfc3339::hasFourDigitYear);
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** Whether it is laid out as 2026-01-05T08:00:00Z, a fraction of the second allowed: nearly every text is, and every start reads one for each entry. */
    private static boolean isPlain(String text) {
        int end = text.length() - 1;
        if (end < LAYOUT.length() || end > LAYOUT.length() + 1 + NANO_DIGITS || end == LAYOUT.length() + 1) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char expected = i < LAYOUT.length() ? LAYOUT.charAt(i) : i == LAYOUT.length() ? '.' : '0';
            char c = text.charAt(i);
            if (expected == '0' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return text.charAt(end) == 'Z';
    }

    private static Instant plain(String text) {
        int fraction = number(text, LAYOUT.length() + 1, text.length() - 1);
        for (int digits = text.length() - LAYOUT.length() - 2; digits < NANO_DIGITS; digits++) {
            fraction *= 10;
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        fraction)
                .toInstant(ZoneOffset.UTC);
    }

    /** Zero where there are no digits. */
    private static int number(String text, int begin, int end) {
        int number = 0;
        for (int i = begin; i < end; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean hasFourDigitYear(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(END);
    }
}
