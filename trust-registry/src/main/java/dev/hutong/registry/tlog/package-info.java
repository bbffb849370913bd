/**
 * The texts of a C2SP transparency log: signed notes and their keys, checkpoints, cosignatures, the paths and contents of tiles, offline
 * proofs, and what a witness is asked. Each is written and read here and nowhere else.
 *
 * <p>Everything here reads foreign octets and none of it throws on them: what is refused is a {@link dev.hutong.registry.tlog.Parsed}
 * that says why, and each value has exactly one text. Of the signature types, Ed25519 (0x01) and the cosignature of Ed25519 (0x04) are
 * known.
 */
@NullMarked
package dev.hutong.registry.tlog;

import org.jspecify.annotations.NullMarked;
