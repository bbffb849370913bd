/**
 * Keys and signed tokens as an issuer makes them (RFC 7515, 7517, 7638, 8037; GB/T 32918.2 for the private algorithm name {@code SM2}), and the same tokens with one deliberate
 * fault.
 *
 * <p>This package signs with the JDK's own SunEC and with Tencent Kona, never with the libraries a hub verifies with: two implementations that agree prove more than one that
 * agrees with itself.
 */
@NullMarked
package dev.hutong.conformance.jose;

import org.jspecify.annotations.NullMarked;
