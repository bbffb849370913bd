package dev.hutong.registry.proposal;

import java.time.Duration;

/**
 * What a registry asks of every change. Fixed in its genesis, so that whoever replays the log knows what was asked.
 *
 * @param visibleFor for how long a key must be seen before it signs, where its issuer has another that signs; zero or more
 * @param openFor for how long a proposal waits for its approvals; more than zero
 * @param confirmWithin within what time a second operator is to confirm a break-glass revocation; more than zero
 */
public record RegistryRules(Duration visibleFor, Duration openFor, Duration confirmWithin) {
    /** Two days to see a key in, a week to approve, a day to confirm. */
    public static final RegistryRules DEFAULT =
            new RegistryRules(Duration.ofHours(48), Duration.ofDays(7), Duration.ofHours(24));

    /** @throws IllegalArgumentException if a time is out of its range */
    public RegistryRules {
        if (visibleFor.isNegative() || !openFor.isPositive() || !confirmWithin.isPositive()) {
            throw new IllegalArgumentException(
                    "the rules: visibleFor must be zero or more, openFor and confirmWithin more than zero");
        }
    }
}
