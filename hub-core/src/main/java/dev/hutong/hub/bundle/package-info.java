/**
 * Everything that codes are resolved by, in one signed file, for a verifier that is not on the network: the registry's snapshot, the format
 * packages, the policies and the texts. {@link dev.hutong.hub.bundle.Bundle} is the file as it was read; the format is described in
 * {@code docs/bundle.md}.
 */
@NullMarked
package dev.hutong.hub.bundle;

import org.jspecify.annotations.NullMarked;
