package dev.hutong.mapping.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.Temperature;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a destination judges, as written in its YAML file: the worst valid statement decides, and what lapsed while it was yellow or red
 * never becomes green.
 *
 * @param name the policy's name
 * @param version its version
 * @param title for people
 * @param clearedBy the verifier's own readings that turn a yellow whose only ground is a temperature into a green
 */
public record Policy(
        @JsonProperty(value = "policy", required = true) String name,
        @JsonProperty(required = true) String version,
        @JsonProperty(required = true) Bilingual title,
        @JsonProperty(required = true) ClearingRange clearedBy) {

    /** Temperatures a verifier may have measured on site, in degrees Celsius as decimal text; both ends belong to it. */
    public record ClearingRange(
            @JsonProperty(required = true) String from,
            @JsonProperty(required = true) String to) {
        public ClearingRange {
            if (Temperature.read(from).isEmpty() || Temperature.read(to).isEmpty()) {
                throw new IllegalArgumentException("clearedBy: «from» and «to» are degrees Celsius, such as \"36.5\"");
            }
        }

        boolean contains(Temperature reading) {
            return reading.compareTo(Temperature.read(from).orElseThrow()) >= 0
                    && reading.compareTo(Temperature.read(to).orElseThrow()) <= 0;
        }
    }

    /** {@code policy@version}, as it stands in decisions. */
    public String versioned() {
        return name + "@" + version;
    }

    /**
     * Judges statements for a verifier: HIGH if any valid one is HIGH; else MEDIUM if any is MEDIUM; else UNKNOWN if any is unmapped or
     * was elevated when its validity ended; else LOW if one is valid; else UNKNOWN.
     *
     * @param statements at least one
     * @param observedTemperature the verifier's own reading as it gave it, or null
     */
    public Verdict judge(List<Statement> statements, @Nullable String observedTemperature) {
        boolean cleared = Optional.ofNullable(observedTemperature)
                .flatMap(Temperature::read)
                .filter(clearedBy::contains)
                .isPresent();
        List<Effect> valid = statements.stream()
                .filter(Statement::isValid)
                .map(statement -> Effect.of(statement, cleared))
                .toList();
        for (Risk elevated : List.of(Risk.HIGH, Risk.MEDIUM)) {
            if (valid.stream().anyMatch(effect -> effect.risk == elevated)) {
                return decided(elevated, valid, "the worst valid statement");
            }
        }
        if (valid.isEmpty()) {
            return unknown(statements, "no statement is valid");
        }
        if (statements.stream().anyMatch(Policy::forbidsGreen)) {
            return unknown(statements, "a statement that is not valid forbids green");
        }
        boolean used = valid.stream().anyMatch(effect -> effect.clearedByReading);
        return decided(
                Risk.LOW, valid, used ? "cleared by the verifier's own reading" : "every valid statement is green");
    }

    /** A green beside such a statement would be a guess. */
    private static boolean forbidsGreen(Statement statement) {
        return statement.assertedRisk() == Risk.UNKNOWN || statement.lapsedElevated();
    }

    private Verdict decided(Risk risk, List<Effect> valid, String ground) {
        EnumSet<Qualifier> qualifiers = EnumSet.noneOf(Qualifier.class);
        valid.stream().filter(effect -> effect.risk == risk).forEach(effect -> qualifiers.addAll(effect.qualifiers));
        Instant validUntil =
                valid.stream().map(Effect::validUntil).min(Instant::compareTo).orElseThrow();
        return new Verdict(risk, null, qualifiers, validUntil, versioned() + ": " + ground);
    }

    /** The first in the order of reasons of what stands against the statements. */
    private Verdict unknown(List<Statement> statements, String ground) {
        Reason first = statements.stream()
                .map(Statement::reason)
                .filter(Objects::nonNull)
                .min(Reason::compareTo)
                .orElseThrow();
        return new Verdict(Risk.UNKNOWN, first, Set.of(), null, versioned() + ": " + ground);
    }

    /** A valid statement as it counts here, which is as it was asserted unless the verifier's own reading clears it. */
    private record Effect(Risk risk, Set<Qualifier> qualifiers, Instant validUntil, boolean clearedByReading) {
        static Effect of(Statement statement, boolean cleared) {
            Instant end = Objects.requireNonNull(statement.validUntil());
            if (!cleared || !restsOnTemperatureAlone(statement)) {
                return new Effect(statement.risk(), statement.qualifiers(), end, false);
            }
            EnumSet<Qualifier> others = EnumSet.copyOf(statement.qualifiers());
            others.remove(Qualifier.TEMPERATURE_ONLY);
            return new Effect(Risk.LOW, others, end, true);
        }

        private static boolean restsOnTemperatureAlone(Statement statement) {
            return statement.risk() == Risk.MEDIUM
                    && statement.qualifiers().contains(Qualifier.TEMPERATURE_ONLY)
                    && !statement.qualifiers().contains(Qualifier.CLOSE_CONTACT)
                    && statement.cause() == null
                    && statement.evidence().stream().noneMatch(Evidence::isPositivePcr);
        }
    }
}
