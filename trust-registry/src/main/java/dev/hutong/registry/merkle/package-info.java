/**
 * The Merkle tree of a transparency log (RFC 6962 §2.1, as C2SP tlog-tiles uses it): what commits to a whole log in one hash, proves
 * that a leaf is in it and that it only ever grew, and is handed out as tiles from which anyone can compute the same.
 */
@NullMarked
package dev.hutong.registry.merkle;

import org.jspecify.annotations.NullMarked;
