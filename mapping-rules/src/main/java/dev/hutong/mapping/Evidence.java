package dev.hutong.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An observation that an issuer's statement carries with it.
 *
 * @param kind {@code pcr}, {@code temperature} or {@code itinerary}
 * @param value for {@code pcr} {@code NEGATIVE}, {@code POSITIVE} or {@code WAITING}; for {@code temperature} degrees Celsius as the issuer wrote
 *     them; for {@code itinerary} a city stayed in (GB/T 2260), with {@value #MARK} behind it where it had an area of medium or high risk
 * @param at when it was taken, or the day of the stay, or null where the issuer does not say
 */
public record Evidence(String kind, String value, @Nullable Instant at) {
    public static final String PCR = "pcr";
    public static final String TEMPERATURE = "temperature";
    public static final String ITINERARY = "itinerary";
    /** Stands behind a city of an itinerary that had an area of medium or high risk. */
    public static final String MARK = "*";

    public static final String POSITIVE = "POSITIVE";
    public static final String NEGATIVE = "NEGATIVE";

    /** What a PCR can have come to. */
    public static final List<String> PCR_RESULTS = List.of(NEGATIVE, POSITIVE, "WAITING");

    public boolean isPositivePcr() {
        return kind.equals(PCR) && value.equals(POSITIVE);
    }

    public boolean isNegativePcr() {
        return kind.equals(PCR) && value.equals(NEGATIVE);
    }

    /** When it was taken; empty where the issuer does not say. */
    public Optional<Instant> taken() {
        return Optional.ofNullable(at);
    }
}
