package dev.hutong.hub.rules;

import dev.hutong.hub.rules.RulesFault.Kind;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.PublishedRules;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.RulesDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of the packages at hand may judge, by what the registry has published.
 *
 * <p>Of an issuer without published rules every package may. Of one with published rules those may that were published, with exactly that
 * content and at exactly those times, and, so that somebody judges until then and after an emergency, the lower versions that were there
 * before the first of them.
 *
 * @param packages those that may judge, each content once
 * @param faults what was published and cannot judge
 */
public record RulesChoice(List<RulesPackage> packages, List<RulesFault> faults) {
    public RulesChoice {
        packages = List.copyOf(packages);
        faults = List.copyOf(faults);
    }

    /**
     * Chooses.
     *
     * @param atHand what the folder holds, and what travels with the hub
     * @param held what judged until now: of what was published nothing is given up, though its files be gone
     */
    public static RulesChoice of(
            List<RulesPackage> atHand, List<RulesPackage> held, RegistrySnapshot registry, Instant now) {
        Map<IssuerId, List<PublishedRules>> issuerToPublished = new LinkedHashMap<>();
        for (RegisteredIssuer issuer : registry.issuers()) {
            if (!issuer.rules().isEmpty()) {
                issuerToPublished.put(issuer.id(), issuer.rules());
            }
        }
        List<RulesPackage> chosen = new ArrayList<>();
        List<RulesFault> faults = new ArrayList<>();
        Set<RulesDigest> taken = new HashSet<>();
        Stream.concat(atHand.stream(), held.stream().filter(one -> isPublished(one, issuerToPublished)))
                .filter(one -> mayJudge(one, issuerToPublished.getOrDefault(one.issuer(), List.of())))
                .filter(one -> taken.add(one.content().digest()))
                .forEach(chosen::add);
        issuerToPublished.forEach((issuer, published) -> {
            List<RulesPackage> ofIssuer =
                    atHand.stream().filter(one -> one.issuer().equals(issuer)).toList();
            faults.addAll(new Published(issuer, published, ofIssuer, now).faults());
        });
        return new RulesChoice(chosen, faults);
    }

    private static boolean isPublished(RulesPackage one, Map<IssuerId, List<PublishedRules>> issuerToPublished) {
        return issuerToPublished.getOrDefault(one.issuer(), List.of()).stream().anyMatch(rules -> isSame(one, rules));
    }

    private static boolean mayJudge(RulesPackage one, List<PublishedRules> published) {
        return published.isEmpty()
                || published.stream().anyMatch(rules -> isSame(one, rules))
                || cameBefore(one, published.getFirst());
    }

    private static boolean isSame(RulesPackage one, PublishedRules rules) {
        return one.content().digest().equals(rules.digest()) && hasHeadOf(one, rules);
    }

    private static boolean hasHeadOf(RulesPackage one, PublishedRules rules) {
        return one.format().version().equals(rules.version().value())
                && one.format().inForce().from().equals(rules.validFrom())
                && one.format().inForce().to().equals(rules.validTo());
    }

    private static boolean cameBefore(RulesPackage one, PublishedRules first) {
        return one.version()
                        .filter(version -> version.compareTo(first.version()) < 0)
                        .isPresent()
                && !one.format().inForce().from().isAfter(first.validFrom());
    }

    /** Everything the hub knows by. */
    public FormatVersions versions() {
        return new FormatVersions(packages.stream().map(RulesPackage::format).toList());
    }

    /** What names the packages, whatever their order. */
    Set<RulesDigest> digests() {
        Set<RulesDigest> digests = new HashSet<>();
        packages.forEach(one -> digests.add(one.content().digest()));
        return digests;
    }

    /** What one issuer has published, and what of it is at hand. */
    private record Published(IssuerId issuer, List<PublishedRules> rules, List<RulesPackage> atHand, Instant now) {
        List<RulesFault> faults() {
            return rules.stream()
                    .filter(this::isAwaited)
                    .filter(one -> atHand.stream().noneMatch(hand -> isSame(hand, one)))
                    .map(this::fault)
                    .toList();
        }

        /** Not those that are over, nor those in whose place a higher one has come that is at hand. */
        private boolean isAwaited(PublishedRules one) {
            boolean over = one.validTo().filter(end -> !now.isBefore(end)).isPresent();
            boolean replaced = rules.stream()
                    .filter(other -> other.version().compareTo(one.version()) > 0
                            && !now.isBefore(other.validFrom())
                            && other.validTo().isEmpty())
                    .anyMatch(other -> atHand.stream().anyMatch(hand -> isSame(hand, other)));
            return !over && !replaced;
        }

        private RulesFault fault(PublishedRules one) {
            String subject = issuer + " " + one.version();
            if (atHand.stream().anyMatch(hand -> hand.content().digest().equals(one.digest()))) {
                return new RulesFault(
                        Kind.OTHER_HEAD,
                        subject,
                        "The package with the published digest says another version, validFrom or validTo of itself than was"
                                + " published (" + times(one)
                                + "): publish a higher version whose proposal says what its package says");
            }
            return atHand.stream()
                    .filter(hand -> hand.format().version().equals(one.version().value()))
                    .findFirst()
                    .map(other -> new RulesFault(
                            Kind.OTHER_DIGEST,
                            subject,
                            "The package here has the digest " + other.content().digest() + ", and " + one.digest()
                                    + " was published: put the published package into the folder, unchanged"))
                    .orElseGet(() -> new RulesFault(
                            Kind.MISSING,
                            subject,
                            "No package here has the published digest " + one.digest()
                                    + ": put the published package into the folder (" + times(one) + ")"));
        }

        private static String times(PublishedRules one) {
            return "version " + one.version() + ", in force from " + one.validFrom()
                    + one.validTo().map(end -> " to " + end).orElse("");
        }
    }
}
