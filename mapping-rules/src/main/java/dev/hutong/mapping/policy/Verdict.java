package dev.hutong.mapping.policy;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a policy concludes.
 *
 * @param risk the risk for this verifier
 * @param reason why it is UNKNOWN, or null where it is not
 * @param qualifiers those of the statements that decided it; none where UNKNOWN
 * @param validUntil the earliest end among the valid statements and the demands' own times, or null where UNKNOWN
 * @param ground the policy and what decided it, for the trace
 * @param decisive the statements that decided it, in their order
 * @param unmet the demands that were not met
 * @param contradictions the valid statements, where they do not all assert the same risk; none where they do
 * @param remedy what the holder can do next by the deciding rule or demand, or null where neither says
 */
public record Verdict(
        Risk risk,
        @Nullable Reason reason,
        Set<Qualifier> qualifiers,
        @Nullable Instant validUntil,
        String ground,
        List<Statement> decisive,
        List<Demand> unmet,
        List<Statement> contradictions,
        @Nullable Bilingual remedy) {
    public Verdict {
        decisive = List.copyOf(decisive);
        unmet = List.copyOf(unmet);
        contradictions = List.copyOf(contradictions);
    }

    /** The verdict where there is nothing that a policy could judge. */
    public static Verdict unknown(Reason reason, String ground) {
        return new Verdict(Risk.UNKNOWN, reason, Set.of(), null, ground, List.of(), List.of(), List.of(), null);
    }

    /** The statement that a holder would have to contest: the first deciding one that was no green. Empty where the verdict is LOW. */
    public Optional<Statement> contestable() {
        return risk == Risk.LOW
                ? Optional.empty()
                : decisive.stream()
                        .filter(statement -> statement.assertedRisk() != Risk.LOW)
                        .findFirst();
    }
}
