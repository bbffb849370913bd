package dev.hutong.hub.replay;

/**
 * A place where the decision made again is another.
 *
 * @param where a member of the decision, or of one of its statements
 * @param decided as it was decided
 * @param replayed as it comes out now
 */
public record Difference(String where, String decided, String replayed) {}
