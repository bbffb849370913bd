package dev.hutong.mapping.format;

import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Risk;
import java.util.Set;

/**
 * A state of a format's own, as it is written for others.
 *
 * @param name as it stands in the claim
 * @param risk what it stands for
 * @param qualifiers what it says by itself beside the risk
 * @param vocabularies in which of the format's vocabularies there is such a state; empty: in every one
 */
public record NativeState(String name, Risk risk, Set<Qualifier> qualifiers, Set<Long> vocabularies) {
    public NativeState {
        qualifiers = Set.copyOf(qualifiers);
        vocabularies = Set.copyOf(vocabularies);
        if (risk == Risk.UNKNOWN) {
            throw new InvalidPackageException("write.states: «" + name + "»: UNKNOWN is never written");
        }
    }
}
