/**
 * Decisions made again, offline: by the rules, the policy and the registry that the decision names, at its own instant.
 * {@link dev.hutong.hub.replay.Replay} is the whole of it; nothing here asks anybody.
 */
@NullMarked
package dev.hutong.hub.replay;

import org.jspecify.annotations.NullMarked;
