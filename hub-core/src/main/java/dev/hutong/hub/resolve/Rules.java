package dev.hutong.hub.resolve;

import dev.hutong.mapping.format.FormatPackages;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.province.Recogniser;
import java.time.Instant;

/**
 * What the hub judges by at one time. Immutable; one decision keeps to it from beginning to end.
 *
 * @param formats one version of each format
 * @param recogniser finds which of them claims a code
 * @param policies the destinations' policies
 * @param from an instant from which on they are in force
 * @param until the first instant at which other rules may be in force; {@link Instant#MAX} where none is known
 */
public record Rules(FormatPackages formats, Recogniser recogniser, Policies policies, Instant from, Instant until) {
    /**
     * Those of all known rules that are in force at an instant.
     *
     * @throws dev.hutong.mapping.format.InvalidPackageException where two formats would claim the same code
     */
    static Rules at(Instant now, FormatVersions versions, Policies policies) {
        FormatPackages formats = versions.inForce(now);
        return new Rules(
                formats,
                new Recogniser(formats),
                policies,
                now,
                versions.nextChange(now).orElse(Instant.MAX));
    }

    /** Whether these are the rules in force at this instant. */
    boolean cover(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }
}
