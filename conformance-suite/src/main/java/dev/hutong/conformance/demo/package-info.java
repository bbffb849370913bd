/**
 * The demo: synthetic people in a data file, whose codes are issued, drawn as QR images, read back, resolved at a hub over HTTP and compared with what they should be.
 */
@NullMarked
package dev.hutong.conformance.demo;

import org.jspecify.annotations.NullMarked;
