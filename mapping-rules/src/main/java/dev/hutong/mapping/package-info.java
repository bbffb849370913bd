/**
 * What does a native status mean? The values every step of the hub speaks in: statements, risks, qualifiers, reasons, and
 * {@link dev.hutong.mapping.Outcome}, the result of a step that may be refused.
 *
 * <p>Nothing in this module touches the network or a key, and nothing reads a clock: {@code now} is always an argument.
 */
@NullMarked
package dev.hutong.mapping;

import org.jspecify.annotations.NullMarked;
