package dev.hutong.registry;

import java.time.Instant;

/**
 * Why and when an action takes effect.
 *
 * @param at the registry's time
 * @param entry the log's entry that makes it take effect
 * @param origin by which way it came in, for people
 * @param reason in words
 */
record Change(Instant at, long entry, String origin, String reason) {}
