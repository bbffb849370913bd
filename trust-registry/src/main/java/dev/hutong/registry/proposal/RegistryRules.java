package dev.hutong.registry.proposal;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a registry asks of every change. Fixed in its genesis, so that whoever replays the log knows what was asked.
 *
 * @param visibleFor for how long a key must be seen before it signs, where its issuer has another that signs; zero to a year
 * @param openFor for how long a proposal waits for its approvals; more than zero, to a year
 * @param confirmWithin within what time a second operator is to confirm a break-glass revocation; more than zero, to a
 *     year
 */
public record RegistryRules(Duration visibleFor, Duration openFor, Duration confirmWithin) {
    /** Beyond it, a rule is a mistake. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /** Two days to see a key in, a week to approve, a day to confirm. */
    public static final RegistryRules DEFAULT =
            new RegistryRules(Duration.ofHours(48), Duration.ofDays(7), Duration.ofHours(24));

    /** @throws IllegalArgumentException if a time is out of its range */
    public RegistryRules {
        if (visibleFor.isNegative() || !openFor.isPositive() || !confirmWithin.isPositive()) {
            throw new IllegalArgumentException(
                    "the rules: visibleFor must be zero or more, openFor and confirmWithin more than zero");
        }
        if (Stream.of(visibleFor, openFor, confirmWithin).anyMatch(time -> time.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("the rules: no time may be longer than " + LONGEST);
        }
    }
}
