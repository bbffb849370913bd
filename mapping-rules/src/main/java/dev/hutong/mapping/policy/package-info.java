/** Destination policies as data: what a verifier of a region concludes from one or more statements. */
@NullMarked
package dev.hutong.mapping.policy;

import org.jspecify.annotations.NullMarked;
