package dev.hutong.mapping.policy;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A valid statement as it counts at a destination: as it was asserted, unless the verifier's own reading clears it or a demand makes it
 * count for worse.
 *
 * @param statement what was asserted
 * @param risk as what it counts
 * @param qualifiers what accompanies it still
 * @param validUntil when it is over, or a demand has to be looked at anew
 * @param cleared whether the verifier's own reading cleared it
 * @param unmet the demands that it does not meet
 */
public record Effect(
        Statement statement,
        Risk risk,
        Set<Qualifier> qualifiers,
        Instant validUntil,
        boolean cleared,
        List<Demand> unmet) {

    /** As it counts without any demand. */
    static Effect of(Statement statement, boolean normalReading) {
        Instant end = Objects.requireNonNull(statement.validUntil());
        if (!normalReading || !restsOnTemperatureAlone(statement)) {
            return new Effect(statement, statement.risk(), statement.qualifiers(), end, false, List.of());
        }
        EnumSet<Qualifier> others = EnumSet.copyOf(statement.qualifiers());
        others.remove(Qualifier.TEMPERATURE_ONLY);
        return new Effect(statement, Risk.LOW, others, end, true, List.of());
    }

    /** As it counts under these demands: each looks at the statement as it counts without any, so that all that are not met are told. */
    Effect under(List<Demand> demands, Presented presented) {
        Effect effect = this;
        for (Demand demand : demands) {
            effect = effect.and(demand, demand.requirement().rule(this, presented), risk);
        }
        return effect;
    }

    private Effect and(Demand demand, Requirement.Ruling ruling, Risk before) {
        Instant earlier = ruling.until().isBefore(validUntil) ? ruling.until() : validUntil;
        if (ruling.risk().compareTo(before) <= 0) {
            return earlier.equals(validUntil) ? this : new Effect(statement, risk, qualifiers, earlier, cleared, unmet);
        }
        List<Demand> more = new ArrayList<>(unmet);
        more.add(demand);
        Risk worse = ruling.risk().compareTo(risk) > 0 ? ruling.risk() : risk;
        return new Effect(statement, worse, qualifiers, earlier, cleared, List.copyOf(more));
    }

    boolean isGreen() {
        return risk == Risk.LOW;
    }

    /** What the holder can do: meet the demand that made it count for worse, or what the rule that mapped it says. */
    @Nullable
    Bilingual remedy() {
        return unmet.isEmpty() ? statement.remedy() : unmet.getFirst().remedy();
    }

    private static boolean restsOnTemperatureAlone(Statement statement) {
        return statement.risk() == Risk.MEDIUM
                && statement.qualifiers().contains(Qualifier.TEMPERATURE_ONLY)
                && !statement.qualifiers().contains(Qualifier.CLOSE_CONTACT)
                && statement.cause() == null
                && statement.evidence().stream().noneMatch(Evidence::isPositivePcr);
    }
}
