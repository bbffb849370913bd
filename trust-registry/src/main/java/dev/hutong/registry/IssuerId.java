package dev.hutong.registry;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An issuer's name in the federation: its GB/T 2260 region, a point, and the format it issues.
 *
 * @param value six digits, a point, and one to 32 of {@code a-z 0-9 -} that begin with a letter
 */
public record IssuerId(String value) implements Comparable<IssuerId> {
    private static final Pattern SHAPE = Pattern.compile("[0-9]{6}\\.[a-z][a-z0-9-]{0,31}");

    /** @throws IllegalArgumentException if the value has another shape; {@link #parse} is for foreign text */
    public IssuerId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("Not an issuer id: six digits, a point, a format's name");
        }
    }

    /** The issuer of this name, or empty where the text is none. Compared letter by letter; nothing is trimmed or folded. */
    public static Optional<IssuerId> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new IssuerId(text)) : Optional.empty();
    }

    /** The six-digit region code before the point. */
    public String region() {
        return value.substring(0, 6);
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
