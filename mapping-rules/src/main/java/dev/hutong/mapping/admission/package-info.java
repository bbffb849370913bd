/**
 * Admission: what a format package must show before it takes effect. {@link dev.hutong.mapping.admission.Admission} looks at a package's
 * folder and says, with file and line, what is wrong and what to do: its shape and types, what its rules cost, whether its examples come
 * true, reach every rule and condition and notice every mutant, and whether its invariants hold of generated claims.
 *
 * <p>Everything here works on the YAML as a tree, compiles it as the hub would, and asks; nothing here runs when a code is resolved.
 * All of it is repeatable: generated claims come from a fixed seed.
 */
@NullMarked
package dev.hutong.mapping.admission;

import org.jspecify.annotations.NullMarked;
