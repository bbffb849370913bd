package dev.hutong.mapping.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hutong.mapping.Temperature;
import java.math.BigDecimal;

/**
 * Temperatures by which a verifier's own reading clears what rests on a temperature alone, in degrees Celsius as decimal text; both ends
 * belong to it. None reaches beyond 34.0 to 37.2, since from {@link Temperature#FEVER} on no reading is a normal one.
 *
 * @param from the lowest
 * @param to the highest
 */
public record ClearingRange(
        @JsonProperty(required = true) String from,
        @JsonProperty(required = true) String to) {
    private static final Temperature LOWEST = new Temperature(new BigDecimal("34.0"));
    private static final Temperature HIGHEST = new Temperature(new BigDecimal("37.2"));

    public ClearingRange {
        if (Temperature.read(from).isEmpty() || Temperature.read(to).isEmpty()) {
            throw new IllegalArgumentException("clearedBy: «from» and «to» are degrees Celsius, such as \"36.5\"");
        }
        if (read(from).compareTo(LOWEST) < 0
                || read(to).compareTo(HIGHEST) > 0
                || read(from).compareTo(read(to)) > 0) {
            throw new IllegalArgumentException("clearedBy: lies within 34.0 to 37.2, «from» before «to»");
        }
    }

    boolean contains(Temperature reading) {
        return reading.compareTo(read(from)) >= 0 && reading.compareTo(read(to)) <= 0;
    }

    private static Temperature read(String text) {
        return Temperature.read(text).orElseThrow();
    }
}
