package dev.hutong.registry;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The version of an issuer's rules: three whole numbers, compared one after the other.
 *
 * @param value such as 1.10.0, without leading zeros, each number of at most nine digits
 */
public record RulesVersion(String value) implements Comparable<RulesVersion> {
    private static final Pattern FORM =
            Pattern.compile("(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})");
    private static final Comparator<RulesVersion> ORDER = Comparator.comparingInt((RulesVersion one) -> one.number(0))
            .thenComparingInt(one -> one.number(1))
            .thenComparingInt(one -> one.number(2));

    /** @throws IllegalArgumentException if the value is no version; {@link #parse} is for foreign text */
    public RulesVersion {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a version: three whole numbers with points between, such as 1.0.0");
        }
    }

    /** The version that this text is, or empty where it is none. */
    public static Optional<RulesVersion> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new RulesVersion(text)) : Optional.empty();
    }

    @Override
    public int compareTo(RulesVersion other) {
        return ORDER.compare(this, other);
    }

    private int number(int place) {
        return Integer.parseInt(value.split("\\.", -1)[place]);
    }

    @Override
    public String toString() {
        return value;
    }
}
