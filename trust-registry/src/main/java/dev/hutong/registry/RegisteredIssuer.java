package dev.hutong.registry;

import static kotlinx.collections.immutable.ExtensionsKt.toPersistentList;

import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.EntityConfiguration;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An issuer as the registry now knows it.
 *
 * @param id its name in the federation
 * @param name what people call it
 * @param platform where its online platform answers, if it has one
 * @param parent the issuer that answers for it, if one does
 * @param keys in the order of their publication, revoked and retired ones included
 * @param rules the versions of its rules that were published, in that order, which is that of their versions too
 * @param standing where it stands, from its registration on
 */
public record RegisteredIssuer(
        IssuerId id,
        String name,
        Optional<URI> platform,
        Optional<IssuerId> parent,
        List<RegisteredKey> keys,
        List<PublishedRules> rules,
        History<IssuerStanding> standing) {
    public RegisteredIssuer {
        keys = toPersistentList(keys);
        rules = toPersistentList(rules);
    }

    /** When it joined. */
    public Instant registeredAt() {
        return standing.began();
    }

    /** Where it stands now. */
    public Status status() {
        return standing.state().status();
    }

    /** True while nothing of it is good, but may be again. */
    public boolean suspended() {
        return status() == Status.SUSPENDED;
    }

    /** For whom it may answer, if for anybody. */
    public Optional<Delegation> delegation() {
        return standing.state().delegation();
    }

    /** What it says about itself in OpenID Federation, if it takes part. */
    public Optional<EntityConfiguration> entityConfiguration() {
        return standing.state().entityConfiguration();
    }

    /** The log's latest entry that changed something about it, its keys aside. */
    public long entry() {
        long published = rules.isEmpty() ? 0 : rules.getLast().entry();
        return Math.max(standing.entry(), published);
    }

    RegisteredIssuer with(History<IssuerStanding> changed) {
        return new RegisteredIssuer(id, name, platform, parent, keys, rules, changed);
    }

    RegisteredIssuer withRules(PublishedRules published) {
        return new RegisteredIssuer(
                id, name, platform, parent, keys, toPersistentList(rules).add(published), standing);
    }

    RegisteredIssuer withKey(RegisteredKey key) {
        return withKeys(toPersistentList(keys).add(key));
    }

    RegisteredIssuer withKeyReplaced(RegisteredKey key) {
        int place = 0;
        while (!keys.get(place).id().equals(key.id())) {
            place++;
        }
        return withKeys(toPersistentList(keys).set(place, key));
    }

    private RegisteredIssuer withKeys(List<RegisteredKey> changed) {
        return new RegisteredIssuer(id, name, platform, parent, changed, rules, standing);
    }

    /** The issuer as it stood at an instant, with the keys and rules that were published then; empty where it had not joined yet. */
    Optional<RegisteredIssuer> asOf(Instant instant) {
        return standing.asOf(instant)
                .map(then -> new RegisteredIssuer(
                        id,
                        name,
                        platform,
                        parent,
                        keys.stream().flatMap(key -> key.asOf(instant).stream()).toList(),
                        rules.stream()
                                .filter(one -> !one.publishedAt().isAfter(instant))
                                .toList(),
                        then));
    }
}
