package dev.hutong.mapping;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An observation that an issuer's statement carries with it.
 *
 * @param kind {@code pcr} or {@code temperature}
 * @param value for {@code pcr} {@code NEGATIVE}, {@code POSITIVE} or {@code WAITING}; for {@code temperature} degrees Celsius as the issuer wrote them
 * @param at when it was taken, or null where the issuer does not say
 */
public record Evidence(String kind, String value, @Nullable Instant at) {
    public static final String PCR = "pcr";
    public static final String TEMPERATURE = "temperature";
    public static final String POSITIVE = "POSITIVE";

    /** What a PCR can have come to. */
    public static final List<String> PCR_RESULTS = List.of("NEGATIVE", POSITIVE, "WAITING");

    public boolean isPositivePcr() {
        return kind.equals(PCR) && value.equals(POSITIVE);
    }
}
