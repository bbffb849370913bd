package dev.hutong.hub.resolve;

import dev.hutong.province.ScannedCode;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier asks.
 *
 * @param code what it scanned
 * @param destination the region whose policy is to judge, or null for the default
 * @param observedTemperature its own reading in degrees Celsius, as decimal text, or null
 */
public record Question(
        ScannedCode code,
        @Nullable String destination,
        @Nullable String observedTemperature) {}
