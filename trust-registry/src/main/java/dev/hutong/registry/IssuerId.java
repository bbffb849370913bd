package dev.hutong.registry;

import java.util.Optional;

/**
 * An issuer's name in the federation: its GB/T 2260 region, a point, and the format it issues.
 *
 * @param value six digits, a point, and one to 32 of {@code a-z 0-9 -} that begin with a letter
 */
public record IssuerId(String value) implements Comparable<IssuerId> {
    private static final int REGION_DIGITS = 6;
    private static final int LONGEST_FORMAT = 32;

    /** @throws IllegalArgumentException if the value has another shape; {@link #parse} is for foreign text */
    public IssuerId {
        if (!hasShape(value)) {
            throw new IllegalArgumentException("Not an issuer id: six digits, a point, a format's name");
        }
    }

    /** The issuer of this name, or empty where the text is none. Compared letter by letter; nothing is trimmed or folded. */
    public static Optional<IssuerId> parse(String text) {
        return hasShape(text) ? Optional.of(new IssuerId(text)) : Optional.empty();
    }

    /** The six-digit region code before the point. */
    public String region() {
        return value.substring(0, REGION_DIGITS);
    }

    /** The format's name after the point. */
    public String format() {
        return value.substring(REGION_DIGITS + 1);
    }

    /** Whether this is the format it issues; makes no garbage. */
    public boolean isOf(String format) {
        return value.length() == REGION_DIGITS + 1 + format.length() && value.startsWith(format, REGION_DIGITS + 1);
    }

    /** By hand, since ids are made on the way of every code. */
    private static boolean hasShape(String text) {
        int format = REGION_DIGITS + 1;
        if (text.length() <= format
                || text.length() > format + LONGEST_FORMAT
                || text.charAt(REGION_DIGITS) != '.'
                || !isLetter(text.charAt(format))) {
            return false;
        }
        for (int i = 0; i < REGION_DIGITS; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        for (int i = format + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public int compareTo(IssuerId that) {
        return value.compareTo(that.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
