/**
 * Format packages: a province's code as data. A package says how its code is recognised, how it is opened, and what its native
 * states mean; {@link dev.hutong.mapping.format.FormatPackage} is one, compiled and ready to map, and
 * {@link dev.hutong.mapping.format.FormatDocument} is the YAML it is written in.
 *
 * <p>Values pass three forms: the token's JSON, {@link dev.hutong.mapping.format.Claims} (typed by the package's own schema), and
 * statements. Rules see claims by their dotted paths; every time is in whole milliseconds since 1970 (UTC).
 */
@NullMarked
package dev.hutong.mapping.format;

import org.jspecify.annotations.NullMarked;
