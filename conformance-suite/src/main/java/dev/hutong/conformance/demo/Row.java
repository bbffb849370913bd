package dev.hutong.conformance.demo;

import java.nio.file.Path;

/**
 * One line of the demo's table.
 *
 * @param from the issuing province's name, {@code –} for a code from nowhere
 * @param to the destination's region, {@code –} for a request that names none
 * @param nativeState the native states of all statements, separated by commas
 * @param risk {@code –} where the hub gave no decision
 * @param detail the reason of an UNKNOWN, else the qualifiers separated by commas
 * @param millis from sending the request to having read the answer
 * @param expected true if all is as it should be
 * @param mismatch what is not, else empty
 * @param image the QR image that was drawn and read
 */
public record Row(
        String holder,
        String name,
        String format,
        String from,
        String to,
        String nativeState,
        String risk,
        String detail,
        double millis,
        boolean expected,
        String mismatch,
        Path image) {}
