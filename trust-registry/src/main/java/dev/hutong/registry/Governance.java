package dev.hutong.registry;

import dev.hutong.registry.RegisteredProposal.Endorsement;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.proposal.RegistryRules;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who decides about a registry under dual control, and by which rules.
 *
 * @param origin the log's name in its checkpoints
 * @param logKey the key that signs the checkpoints
 * @param rules fixed in the genesis
 * @param kidToOperator the present operators, in the order in which they came
 * @param formerKids the keys of those who are operators no longer
 */
public record Governance(
        String origin,
        PublicJwk logKey,
        RegistryRules rules,
        Map<String, Operator> kidToOperator,
        Set<String> formerKids) {
    /** How many operators approve a change. */
    public static final int APPROVALS = 2;

    public Governance {
        kidToOperator = Collections.unmodifiableMap(new LinkedHashMap<>(kidToOperator));
        formerKids = Set.copyOf(formerKids);
    }

    /** Those of a proposal's approvals that count: an operator who was removed meanwhile counts no longer. */
    public List<Endorsement> counting(List<Endorsement> approvals) {
        return approvals.stream()
                .filter(given -> kidToOperator.containsKey(given.operator().value()))
                .toList();
    }

    Governance with(Operator operator) {
        Map<String, Operator> more = new LinkedHashMap<>(kidToOperator);
        more.put(operator.key().kid(), operator);
        return new Governance(origin, logKey, rules, more, formerKids);
    }

    Governance without(KeyId operator) {
        Map<String, Operator> fewer = new LinkedHashMap<>(kidToOperator);
        fewer.remove(operator.value());
        Set<String> former = new HashSet<>(formerKids);
        former.add(operator.value());
        return new Governance(origin, logKey, rules, fewer, former);
    }

    /** Whether this key is, or was, an operator's or the log's. */
    boolean uses(PublicJwk key) {
        return kidToOperator.containsKey(key.kid())
                || formerKids.contains(key.kid())
                || logKey.kid().equals(key.kid());
    }
}
