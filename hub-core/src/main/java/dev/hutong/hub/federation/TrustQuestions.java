package dev.hutong.hub.federation;

import dev.hutong.hub.federation.TrustAnswer.NotKnown;
import dev.hutong.hub.federation.TrustAnswer.Said;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.Prospect;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.RegistryAsOf;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.Rejection;
import dev.hutong.registry.Revocation;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.proposal.EntityId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Answers questions of the Trust Registry Query Protocol 2.0 from the registry's fold, as it was known at the instant asked about.
 *
 * <p>The authority is the registry, under the hub's public URL or the origin of its log; or an issuer, under its entity id, for those below
 * it. The entity is an issuer, under its own id or its entity id. To {@code issue} a format needs a key that may sign; to {@code delegate}
 * one, that others may be registered below. Safe for any number of threads.
 */
public final class TrustQuestions {
    private static final String ISSUE = "issue";
    private static final String DELEGATE = "delegate";

    private final String anchor;
    private final FreshRegistry registry;

    /** @param anchor the hub's public URL */
    public TrustQuestions(String anchor, FreshRegistry registry) {
        this.anchor = anchor;
        this.registry = registry;
    }

    /** Has the authority authorized the entity? */
    public TrustAnswer authorization(TrustQuestion question) {
        return registry.present()
                .map(present -> authorization(question, present))
                .orElseGet(TrustAnswer.Stale::new);
    }

    /**
     * Does the authority recognize the entity as one? A reading: the registry recognizes an issuer as an authority for what it may delegate.
     * The protocol asks for the entity's name as an authority, so it is an entity id here.
     */
    public TrustAnswer recognition(TrustQuestion question) {
        if (!question.action().equals(DELEGATE)) {
            return new NotKnown("action: the registry recognizes others for «delegate» only");
        }
        if (subordinate(question.entity()).isEmpty()) {
            return new NotKnown("entity_id: give the entity id of an issuer, " + anchor + "/federation/issuers/…");
        }
        return authorization(question);
    }

    private TrustAnswer authorization(TrustQuestion question, RegistrySnapshot present) {
        Instant now = present.asOfNow(registry.clock().instant()).instant();
        Instant time = question.time().orElse(now);
        if (time.isAfter(now)) {
            return new TrustAnswer.StillToCome();
        }
        Optional<IssuerId> entity =
                issuer(question.entity()).filter(id -> present.issuer(id).isPresent());
        if (entity.isEmpty()) {
            return new NotKnown("entity_id: no issuer of this name was ever registered");
        }
        if (!question.action().equals(ISSUE) && !question.action().equals(DELEGATE)) {
            return new NotKnown("action: it is «issue» or «delegate»");
        }
        if (!isKnownFormat(question.resource(), present)) {
            return new NotKnown("resource: no issuer issues a format of this id, or may delegate it");
        }
        RegistryAsOf then = present.asOf(time);
        if (isRegistry(question.authority(), present)) {
            return judge(question, entity.get(), then);
        }
        Optional<IssuerId> above = subordinate(question.authority())
                .filter(id -> present.issuer(id).isPresent());
        if (above.isEmpty()) {
            return new NotKnown("authority_id: it is " + anchor + ", or the entity id of an issuer above others");
        }
        return then.isAbove(above.get(), entity.get())
                ? judge(question, entity.get(), then)
                : new Said(false, above.get() + " did not answer for " + entity.get() + " at " + time + ".");
    }

    private boolean isRegistry(String authority, RegistrySnapshot present) {
        return authority.equals(anchor)
                || present.governance()
                        .filter(rules -> rules.origin().equals(authority))
                        .isPresent();
    }

    private Optional<IssuerId> issuer(String entity) {
        return IssuerId.parse(entity).or(() -> subordinate(entity));
    }

    private Optional<IssuerId> subordinate(String entityId) {
        return EntityId.parse(entityId)
                .filter(entity -> entity.anchor().equals(anchor))
                .map(EntityId::issuer);
    }

    private static boolean isKnownFormat(String resource, RegistrySnapshot present) {
        return present.issuers().stream()
                .anyMatch(issuer -> issuer.id().format().equals(resource)
                        || issuer.delegation()
                                .filter(limits -> limits.formats().contains(resource))
                                .isPresent());
    }

    private static Said judge(TrustQuestion question, IssuerId entity, RegistryAsOf then) {
        Optional<Rejection> objection = then.standing(entity);
        if (objection.isPresent()) {
            return new Said(false, entity + " " + why(objection.get()) + " at " + then.instant() + ".");
        }
        return question.action().equals(ISSUE)
                ? issuing(question.resource(), entity, then)
                : delegating(question.resource(), entity, then);
    }

    private static String why(Rejection standing) {
        return switch (standing) {
            case UNKNOWN_ISSUER -> "was not registered, or had left,";
            case ISSUER_SUSPENDED -> "was suspended, or an issuer above it was,";
            default -> "was not within what those above it may answer for";
        };
    }

    private static Said issuing(String format, IssuerId entity, RegistryAsOf then) {
        if (!entity.format().equals(format)) {
            return new Said(false, entity + " issues " + entity.format() + " and nothing else.");
        }
        List<RegisteredKey> keys = then.signingKeys(entity);
        if (keys.isEmpty()) {
            return new Said(false, entity + " had no key that could sign at " + then.instant() + ".");
        }
        return new Said(
                true,
                entity + " was registered and had " + keys.size() + " key(s) that could sign at " + then.instant() + "."
                        + learnedLater(entity, keys, then));
    }

    /** What was believed then is the answer; that it was wrong is worth saying. */
    private static String learnedLater(IssuerId entity, List<RegisteredKey> keys, RegistryAsOf then) {
        long compromised = keys.stream()
                .flatMap(key -> then.snapshot().issuer(entity).stream()
                        .flatMap(issuer -> issuer.keys().stream())
                        .filter(known -> known.id().equals(key.id())))
                .filter(known -> known.revocation()
                        .map(Revocation::reason)
                        .filter(Predicate.isEqual(RevocationReason.COMPROMISED))
                        .isPresent())
                .count();
        return compromised == 0 ? "" : " Since then " + compromised + " of them were revoked as compromised.";
    }

    private static Said delegating(String format, IssuerId entity, RegistryAsOf then) {
        return switch (then.below(entity, format).orElseThrow()) {
            case Prospect.Open(String regionPrefix) ->
                new Said(
                        true,
                        entity + " could answer for issuers of " + format + " in regions that begin with «"
                                + regionPrefix + "» at " + then.instant() + ".");
            case Prospect.Closed(String why) ->
                new Said(
                        false,
                        entity + " could answer for nobody who issues " + format + " at " + then.instant() + ": " + why
                                + ".");
        };
    }
}
