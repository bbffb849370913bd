package dev.hutong.registry;

import java.time.Instant;
import java.util.List;

/**
 * Why and when an action takes effect.
 *
 * @param at the registry's time
 * @param entry the log's entry that makes it take effect
 * @param grounds the earlier entries that it rests on, oldest first: the proposal, and the approvals before the last
 * @param origin by which way it came in, for people
 * @param reason in words
 */
record Change(Instant at, long entry, List<Long> grounds, String origin, String reason) {}
