package dev.hutong.hub.resolve;

import dev.hutong.province.ScannedCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier asks.
 *
 * @param codes what it scanned: one code, or up to {@value #MOST_CODES} that one person shows
 * @param destination the region whose policy is to judge, or null for the default
 * @param observedTemperature its own reading in degrees Celsius, as decimal text, or null
 */
public record Question(
        List<ScannedCode> codes,
        @Nullable String destination,
        @Nullable String observedTemperature) {
    /** How many codes of one person may be asked about at once. */
    public static final int MOST_CODES = 8;

    public Question {
        codes = List.copyOf(codes);
        if (codes.isEmpty() || codes.size() > MOST_CODES) {
            throw new IllegalArgumentException("1 to " + MOST_CODES + " codes, not " + codes.size());
        }
    }

    /** What a verifier asks about a single code. */
    public Question(ScannedCode code, @Nullable String destination, @Nullable String observedTemperature) {
        this(List.of(code), destination, observedTemperature);
    }
}
