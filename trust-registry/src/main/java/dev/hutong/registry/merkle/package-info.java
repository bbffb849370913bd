/**
 * The Merkle tree of a transparency log (RFC 6962 §2.1, as C2SP tlog-tiles uses it): what commits to a whole log in one hash.
 */
@NullMarked
package dev.hutong.registry.merkle;

import org.jspecify.annotations.NullMarked;
