package dev.hutong.registry;

import dev.hutong.registry.proposal.RulesOffer;
import java.time.Instant;
import java.util.Optional;

/**
 * A version of an issuer's rules that two operators approved. It never changes and is never taken back; a higher version takes its place.
 *
 * @param offer what was published
 * @param publishedAt when it took effect, by the registry's time
 * @param entry the log's entry that published it, from 0
 * @param origin by which proposal
 * @param reason why, in words
 */
public record PublishedRules(RulesOffer offer, Instant publishedAt, long entry, String origin, String reason) {
    public RulesVersion version() {
        return offer.version();
    }

    public RulesDigest digest() {
        return offer.digest();
    }

    /** The first instant at which it judges. */
    public Instant validFrom() {
        return offer.validFrom();
    }

    /** The first instant at which it judges no more, if there is one. */
    public Optional<Instant> validTo() {
        return offer.validTo();
    }
}
