package dev.hutong.registry;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.proposal.RulesOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which version of an issuer's rules can follow those that were published before. */
final class RulesSuccession {
    /** So that verifiers far away have the rules before they judge, and people learn of them. */
    static final Duration LEAD_TIME = Duration.ofDays(2);

    /** What nobody had time to look at does not stay. */
    static final Duration LONGEST_EMERGENCY = Duration.ofDays(14);

    private RulesSuccession() {}

    /** The issuer with these rules published. */
    static RegisteredIssuer publish(RegisteredIssuer issuer, RulesOffer offer, Change change)
            throws ImpossibleEventException {
        ProperText.require("reason", change.reason());
        requireHigher(issuer, offer);
        requireUnended(offer, change.at());
        if (offer.emergency()) {
            requireShort(offer);
        } else {
            requireLeadTime(offer, change.at());
            requireNoStepBack(issuer.rules(), offer);
        }
        return issuer.withRules(
                new PublishedRules(offer, change.at(), change.entry(), change.origin(), change.reason()));
    }

    private static void requireHigher(RegisteredIssuer issuer, RulesOffer offer) throws ImpossibleEventException {
        Optional<RulesVersion> highest =
                issuer.rules().stream().map(PublishedRules::version).max(Comparator.naturalOrder());
        if (highest.isPresent() && offer.version().compareTo(highest.get()) <= 0) {
            throw new ImpossibleEventException(
                    Ground.RULES_NOT_NEWER,
                    "Version " + offer.version() + " of the rules of " + issuer.id()
                            + " cannot follow version " + highest.get()
                            + ", which was published: a version is published once, and each is higher than all before. To go back to"
                            + " what an earlier one said, publish its rules again under a version above "
                            + highest.get());
        }
    }

    private static void requireUnended(RulesOffer offer, Instant now) throws ImpossibleEventException {
        if (offer.validTo().isPresent()
                && (!offer.validTo().get().isAfter(offer.validFrom())
                        || !offer.validTo().get().isAfter(now))) {
            throw new ImpossibleEventException(
                    Ground.EMPTY_VALIDITY,
                    "The rules would never judge: validTo, " + offer.validTo().get()
                            + ", must be later than validFrom, " + offer.validFrom()
                            + ", and than the registry's time, "
                            + now);
        }
    }

    private static void requireShort(RulesOffer offer) throws ImpossibleEventException {
        Instant latest = offer.validFrom().plus(LONGEST_EMERGENCY);
        if (offer.validTo().isEmpty() || offer.validTo().get().isAfter(latest)) {
            throw new ImpossibleEventException(
                    Ground.EMERGENCY_TOO_LONG,
                    "Emergency rules end within " + LONGEST_EMERGENCY.toDays() + " days: give a validTo of " + latest
                            + " or earlier, and publish rules without emergency for what is to stay");
        }
    }

    private static void requireLeadTime(RulesOffer offer, Instant now) throws ImpossibleEventException {
        Instant earliest = now.plus(LEAD_TIME);
        if (offer.validFrom().isBefore(earliest)) {
            throw new ImpossibleEventException(
                    Ground.LEAD_TIME_TOO_SHORT,
                    "Rules are published " + LEAD_TIME.toHours() + " hours before they judge: give a validFrom of "
                            + earliest + " or later, with time for the approvals; or, for an emergency tightening of "
                            + LONGEST_EMERGENCY.toDays() + " days at most, say so");
        }
    }

    /** Otherwise a lower version would take over from this one when its time comes. */
    private static void requireNoStepBack(List<PublishedRules> published, RulesOffer offer)
            throws ImpossibleEventException {
        Optional<PublishedRules> later = published.stream()
                .filter(rules -> rules.validFrom().isAfter(offer.validFrom()))
                .max(Comparator.comparing(PublishedRules::validFrom));
        if (later.isPresent()) {
            throw new ImpossibleEventException(
                    Ground.RULES_NOT_NEWER,
                    "Version " + later.get().version() + " judges from "
                            + later.get().validFrom()
                            + " on, and would take over from version " + offer.version()
                            + ": give a validFrom no earlier than that");
        }
    }
}
