package dev.hutong.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether issuers of a format could be registered below another, by what it and all above it may answer for. */
public sealed interface Prospect {
    /** They could, in regions whose codes begin so; with an empty prefix in every one. */
    record Open(String regionPrefix) implements Prospect {}

    /** No such issuer would be taken up; {@code why} is a sentence without its point. */
    record Closed(String why) implements Prospect {}

    /** @param idToIssuer the issuer and all above it, as they stand at the instant */
    static Prospect below(
            RegisteredIssuer issuer, String format, Map<IssuerId, RegisteredIssuer> idToIssuer, Instant now) {
        // All regions that those above allow begin with the longest prefix of theirs: what is beyond somebody's limit
        // with that prefix is so with every other.
        String prefix = longestPrefix(issuer, idToIssuer);
        Optional<IssuerId> child = IssuerId.parse("%-6s".formatted(prefix).replace(' ', '0') + "." + format);
        if (child.isEmpty()) {
            return new Closed("no issuer can have a format of this name");
        }
        Optional<IssuerId> parent = Optional.of(issuer.id());
        return Ancestry.objectionTo(child.get(), parent, idToIssuer, now)
                .or(() -> objectionToEveryAlgorithm(issuer, idToIssuer))
                .<Prospect>map(objection -> new Closed(objection.above() + " " + objection.words()))
                .orElseGet(() -> new Open(prefix));
    }

    private static Optional<Objection> objectionToEveryAlgorithm(
            RegisteredIssuer issuer, Map<IssuerId, RegisteredIssuer> idToIssuer) {
        List<Optional<Objection>> objections = issuer.delegation().orElseThrow().algorithms().stream()
                .sorted()
                .map(algorithm -> Ancestry.objectionTo(algorithm, Optional.of(issuer.id()), idToIssuer))
                .toList();
        return objections.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : objections.getFirst();
    }

    private static String longestPrefix(RegisteredIssuer issuer, Map<IssuerId, RegisteredIssuer> idToIssuer) {
        String longest = "";
        Optional<RegisteredIssuer> next = Optional.of(issuer);
        while (next.isPresent()) {
            String prefix =
                    next.get().delegation().map(limits -> limits.regionPrefix()).orElse("");
            longest = prefix.length() > longest.length() ? prefix : longest;
            next = next.get().parent().map(idToIssuer::get);
        }
        return longest;
    }
}
