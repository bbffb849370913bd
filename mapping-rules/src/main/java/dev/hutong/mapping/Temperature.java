package dev.hutong.mapping;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** A body temperature in degrees Celsius, as people and platforms write it: decimal text such as {@code 36.5}. */
public record Temperature(BigDecimal celsius) implements Comparable<Temperature> {
    private static final Pattern DECIMAL_TEXT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,4})?");

    /** The temperature from which a green code is no longer green (37.3 °C). */
    public static final Temperature FEVER = new Temperature(new BigDecimal("37.3"));

    /** Reads decimal text; empty where it is anything else, for nothing is guessed about a temperature. */
    public static Optional<Temperature> read(String text) {
        return DECIMAL_TEXT.matcher(text).matches()
                ? Optional.of(new Temperature(new BigDecimal(text)))
                : Optional.empty();
    }

    public boolean isFever() {
        return compareTo(FEVER) >= 0;
    }

    @Override
    public int compareTo(Temperature other) {
        return celsius.compareTo(other.celsius);
    }
}
