package dev.hutong.registry;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client may ask, and how it is called.
 *
 * @param name what people call it
 * @param roles in which capacities it may ask; at least one
 * @param regions the destinations for which it may ask, each by how its GB/T 2260 code begins: 2, 4 or 6 digits; every destination
 *     where there is none
 * @param maskedNameFor the purposes for which a masked name may be shown to it; never where there is none
 * @param certificate the TLS certificate that its tokens are bound to (RFC 8705), if they are bound
 * @param issuer the issuer that it speaks for, and whose appeals it is shown; only of a client with the role of one
 */
public record ClientTerms(
        String name,
        Set<ClientRole> roles,
        Set<String> regions,
        Set<String> maskedNameFor,
        Optional<CertificateThumbprint> certificate,
        Optional<IssuerId> issuer) {
    /** More regions than there are provinces are better said by none. */
    private static final int MOST_REGIONS = 64;

    private static final int MOST_PURPOSES = 16;
    private static final Pattern REGION = Pattern.compile("(?:[0-9]{2}){1,3}");
    private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** @throws IllegalArgumentException if a term has another shape, or nothing could be asked */
    public ClientTerms {
        roles = Set.copyOf(roles);
        regions = Set.copyOf(regions);
        maskedNameFor = Set.copyOf(maskedNameFor);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("roles must name at least one of verifier, issuer, operator, auditor");
        }
        if (issuer.isPresent() && !roles.contains(ClientRole.ISSUER)) {
            throw new IllegalArgumentException("issuer is whom a client speaks for that has the role issuer");
        }
        if (regions.size() > MOST_REGIONS
                || !regions.stream().allMatch(region -> REGION.matcher(region).matches())) {
            throw new IllegalArgumentException("regions must be at most " + MOST_REGIONS
                    + " beginnings of GB/T 2260 codes, of 2, 4 or 6 digits each, such as 33 or 3301");
        }
        if (maskedNameFor.size() > MOST_PURPOSES
                || !maskedNameFor.stream()
                        .allMatch(purpose -> PURPOSE.matcher(purpose).matches())) {
            throw new IllegalArgumentException(
                    "maskedNameFor must be at most " + MOST_PURPOSES
                            + " purposes, each 1 to 32 of a-z, 0-9 and hyphen that begin with a letter, such as hospital-admission");
        }
    }

    /** Of a client that speaks for no issuer. */
    public ClientTerms(
            String name,
            Set<ClientRole> roles,
            Set<String> regions,
            Set<String> maskedNameFor,
            Optional<CertificateThumbprint> certificate) {
        this(name, roles, regions, maskedNameFor, certificate, Optional.empty());
    }

    /** The same for a client that speaks for this issuer. */
    public ClientTerms speakingFor(Optional<IssuerId> other) {
        return new ClientTerms(name, roles, regions, maskedNameFor, certificate, other);
    }

    /**
     * Whether it may ask for this destination.
     *
     * @param destination a region's code; null for none in particular, which only a client may leave open whose regions are all
     */
    public boolean mayAskFor(@Nullable String destination) {
        if (regions.isEmpty()) {
            return true;
        }
        if (destination == null) {
            return false;
        }
        for (String region : regions) {
            if (destination.startsWith(region)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a masked name may be shown to it for this purpose. */
    public boolean maySeeMaskedName(@Nullable String purpose) {
        return purpose != null && maskedNameFor.contains(purpose);
    }
}
