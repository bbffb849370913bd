package dev.hutong.registry;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The registry as it was known at an instant: from the log's entries up to then, and nothing that was learned later.
 *
 * @param snapshot the fold of the log, which remembers
 * @param instant that instant; what happened at it is included
 */
public record RegistryAsOf(RegistrySnapshot snapshot, Instant instant) {
    /** The issuer as it stood; empty where it had not joined yet. */
    public Optional<RegisteredIssuer> issuer(IssuerId id) {
        return snapshot.issuerAsOf(id, instant);
    }

    /** Why nothing of this issuer was good, for itself or for those above it; empty where something could be. */
    public Optional<Rejection> standing(IssuerId id) {
        return RegistrySnapshot.standing(id, lineOf(id), instant);
    }

    /**
     * The issuer's keys by which something signed at that instant was good: those that may sign, of an issuer in good standing, with an
     * algorithm that those above it may answer for.
     */
    public List<RegisteredKey> signingKeys(IssuerId id) {
        Map<IssuerId, RegisteredIssuer> line = lineOf(id);
        if (RegistrySnapshot.standing(id, line, instant).isPresent()) {
            return List.of();
        }
        return issuer(id).stream()
                .flatMap(issuer -> issuer.keys().stream()
                        .filter(key -> key.stateAt(instant) == KeyState.ACTIVE)
                        .filter(key -> Ancestry.objectionTo(issuer, key.jwk().algorithm(), line)
                                .isEmpty()))
                .toList();
    }

    /** Whether issuers of a format could be registered below this one; empty where it had not joined yet. */
    public Optional<Prospect> below(IssuerId id, String format) {
        return issuer(id).map(issuer -> Prospect.below(issuer, format, lineOf(id), instant));
    }

    /** Whether one issuer stood above another, at any level. */
    public boolean isAbove(IssuerId above, IssuerId below) {
        return issuer(below).isPresent()
                && Ancestry.isAbove(above, issuer(below).get(), lineOf(below));
    }

    /** An issuer and all above it, as they stood. */
    private Map<IssuerId, RegisteredIssuer> lineOf(IssuerId id) {
        Map<IssuerId, RegisteredIssuer> line = new HashMap<>();
        Optional<RegisteredIssuer> next = issuer(id);
        while (next.isPresent()) {
            line.put(next.get().id(), next.get());
            next = next.get().parent().flatMap(this::issuer);
        }
        return line;
    }
}
