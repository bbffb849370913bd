package dev.hutong.registry;

import java.time.Instant;

/**
 * A snapshot, and how new it is.
 *
 * @param at the last instant at which the snapshot was known to be all that the log held
 */
public record ConfirmedSnapshot(RegistrySnapshot snapshot, Instant at) {}
