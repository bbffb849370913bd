/**
 * The registry as others take it along: a signed snapshot of everything it holds, the signed difference between two of them, and the client
 * that keeps a copy and refuses one that is old, from somebody else, or of another history.
 *
 * <p>{@link dev.hutong.registry.snapshot.SnapshotPublication} is the hub's side, {@link dev.hutong.registry.snapshot.SnapshotSync} the
 * client's; {@link dev.hutong.registry.snapshot.Entries} is what both speak about. Nothing here fetches anything. The format is described in
 * {@code docs/snapshot.md}.
 */
@NullMarked
package dev.hutong.registry.snapshot;

import org.jspecify.annotations.NullMarked;
