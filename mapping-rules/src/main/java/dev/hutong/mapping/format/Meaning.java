package dev.hutong.mapping.format;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Temperature;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a native state means.
 *
 * @param risk the risk; UNKNOWN where it is unmapped
 * @param qualifiers what accompanies it; none where it is unmapped
 * @param rule the rule that says so, {@code format@version#rule}
 * @param words the rule, and the cause where there is one, for people
 * @param remedy what the holder can do next, or null
 * @param unknown why it is UNKNOWN, or null where it is not
 */
record Meaning(
        Risk risk,
        Set<Qualifier> qualifiers,
        String rule,
        Bilingual words,
        @Nullable Bilingual remedy,
        @Nullable Reason unknown) {

    /**
     * In every format: a green beside a positive PCR or a coded cause contradicts itself; a green beside a fever is yellow until somebody
     * measures again; a green beside a temperature that cannot be read is no green.
     */
    Meaning withoutContradiction(boolean hasCause, List<Evidence> evidence) {
        if (risk != Risk.LOW) {
            return this;
        }
        if (hasCause) {
            return unmapped();
        }
        for (Evidence observation : evidence) {
            if (observation.isPositivePcr()) {
                return unmapped();
            }
        }
        for (Evidence observation : evidence) {
            if (observation.kind().equals(Evidence.TEMPERATURE)) {
                return beside(Temperature.read(observation.value()));
            }
        }
        return this;
    }

    private Meaning beside(Optional<Temperature> reading) {
        if (reading.isEmpty()) {
            return unmapped();
        }
        return reading.get().isFever() ? feverish() : this;
    }

    private Meaning unmapped() {
        return new Meaning(Risk.UNKNOWN, Set.of(), rule, words, remedy, Reason.UNMAPPED_STATUS);
    }

    private Meaning feverish() {
        EnumSet<Qualifier> more = EnumSet.of(Qualifier.TEMPERATURE_ONLY);
        more.addAll(qualifiers);
        return new Meaning(Risk.MEDIUM, more, rule, words, remedy, null);
    }
}
