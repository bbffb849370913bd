package dev.hutong.registry.proposal;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.SignatureAlgorithm;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * For whom an issuer may answer: which issuers may be registered under it, and stay good while they are.
 *
 * @param regionPrefix how their region codes begin: 0 to 6 digits of GB/T 2260, such as 44 for all of one province
 * @param formats the formats they may issue
 * @param algorithms the algorithms their keys may have
 * @param depth how many levels of issuers below this one: 1 to {@value #MAX_DEPTH}
 * @param until the first instant at which none of them is good any more; without end where absent
 */
public record Delegation(
        String regionPrefix,
        Set<String> formats,
        Set<SignatureAlgorithm> algorithms,
        int depth,
        Optional<Instant> until) {
    /** A country, a province, a city, a county. */
    public static final int MAX_DEPTH = 3;

    /** What bounds a delegation. */
    public enum Limit {
        DEPTH,
        REGION,
        FORMAT,
        UNTIL,
        ALGORITHM
    }

    private static final Pattern PREFIX = Pattern.compile("[0-9]{0,6}");

    /** @throws IllegalArgumentException if a limit has another shape, or nothing could be within them */
    public Delegation {
        formats = Set.copyOf(formats);
        algorithms = Set.copyOf(algorithms);
        if (!PREFIX.matcher(regionPrefix).matches()) {
            throw new IllegalArgumentException("regionPrefix must be 0 to 6 digits");
        }
        if (formats.isEmpty() || algorithms.isEmpty()) {
            throw new IllegalArgumentException("formats and algorithms must each name at least one");
        }
        if (depth < 1 || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("depth must be 1 to " + MAX_DEPTH);
        }
    }

    /**
     * The first limit beyond which this issuer is now; empty where it is within all.
     *
     * @param levels how many levels below this one: 1 for a child
     */
    public Optional<Limit> exceededBy(IssuerId issuer, int levels, Instant now) {
        if (levels > depth) {
            return Optional.of(Limit.DEPTH);
        }
        if (!issuer.value().startsWith(regionPrefix)) {
            return Optional.of(Limit.REGION);
        }
        if (!isAmongFormats(issuer)) {
            return Optional.of(Limit.FORMAT);
        }
        return until.isPresent() && !now.isBefore(until.get()) ? Optional.of(Limit.UNTIL) : Optional.empty();
    }

    private boolean isAmongFormats(IssuerId issuer) {
        for (String format : formats) {
            if (issuer.isOf(format)) {
                return true;
            }
        }
        return false;
    }
}
