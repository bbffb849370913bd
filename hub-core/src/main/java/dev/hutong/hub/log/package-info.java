/**
 * The hub as the keeper of a transparency log: its checkpoints, signed once for each snapshot, the witnesses that countersign them, and
 * the note of what has been verified. {@link dev.hutong.hub.http.LogOperations} serves it.
 */
@NullMarked
package dev.hutong.hub.log;

import org.jspecify.annotations.NullMarked;
