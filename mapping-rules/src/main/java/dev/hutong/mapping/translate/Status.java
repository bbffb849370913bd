package dev.hutong.mapping.translate;

import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a decision says of the holder, as one status: of several statements the worst counts, and what does not go into one is lost.
 *
 * @param risk LOW, MEDIUM or HIGH
 * @param qualifiers what accompanies it
 * @param foremost of the valid statements the worst; its cause and its region are the status's
 * @param assertedAt the earliest among the valid statements, or null where none tells
 * @param evidence at most one of each kind
 * @param validUntil the decision's
 * @param losses what several statements say, and one status cannot
 */
record Status(
        Risk risk,
        Set<Qualifier> qualifiers,
        Statement foremost,
        @Nullable Instant assertedAt,
        List<Evidence> evidence,
        Instant validUntil,
        List<Loss> losses) {

    private static final String ONE_STATUS = "several statements become one status";

    Status {
        qualifiers = Collections.unmodifiableSet(qualifiers);
        evidence = List.copyOf(evidence);
        losses = List.copyOf(losses);
    }

    /** The worst risk first; of equals those with a cause first. */
    private static final Comparator<Statement> WORST_FIRST =
            Comparator.comparing(Statement::risk).reversed().thenComparing(statement -> statement.cause() == null);

    /** What is worse for the holder first: a positive, a waiting one, a negative one; what cannot be read, and the higher temperature. */
    private static final Comparator<Evidence> WORST_EVIDENCE_FIRST = Comparator.comparing(Evidence::isPositivePcr)
            .reversed()
            .thenComparing(Evidence::value, Comparator.reverseOrder())
            .thenComparing(Evidence::at, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** Empty where there is none to be told: the decision is UNKNOWN. */
    static Optional<Status> of(Verdict verdict, List<Statement> statements) {
        List<Statement> valid = statements.stream()
                .filter(Statement::isValid)
                .sorted(WORST_FIRST)
                .toList();
        Instant validUntil = verdict.validUntil();
        if (verdict.risk() == Risk.UNKNOWN || valid.isEmpty() || validUntil == null) {
            return Optional.empty();
        }
        Statement foremost = valid.getFirst();
        List<Loss> losses = new ArrayList<>();
        Risk risk = worse(verdict.risk(), foremost.risk());
        if (risk != verdict.risk()) {
            losses.add(Loss.of(
                    "risk", verdict.risk(), risk, "what the verifier measured clears it here, and nowhere else"));
        }
        Set<Qualifier> qualifiers = qualifiers(verdict, valid, risk, losses);
        List<Evidence> evidence = evidence(valid, losses);
        lose("cause", foremost.cause(), valid, Statement::cause, losses);
        lose("assertedBy", foremost.assertedBy(), valid, Statement::assertedBy, losses);
        Instant assertedAt = valid.stream()
                .map(Statement::assertedAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return Optional.of(new Status(risk, qualifiers, foremost, assertedAt, evidence, validUntil, losses));
    }

    /** Whether a verifier's own reading clears it, by any policy that lets it. */
    boolean restsOnTemperatureAlone() {
        return risk == Risk.MEDIUM
                && qualifiers.contains(Qualifier.TEMPERATURE_ONLY)
                && !qualifiers.contains(Qualifier.CLOSE_CONTACT)
                && foremost.cause() == null
                && evidence.stream().noneMatch(Evidence::isPositivePcr);
    }

    static Risk worse(Risk one, Risk other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Beside a yellow, TEMPERATURE_ONLY speaks for the holder: it is kept only where all statements have it. */
    private static Set<Qualifier> qualifiers(Verdict verdict, List<Statement> valid, Risk risk, List<Loss> losses) {
        EnumSet<Qualifier> qualifiers = EnumSet.noneOf(Qualifier.class);
        qualifiers.addAll(verdict.qualifiers());
        valid.stream().filter(statement -> statement.risk() == risk).forEach(s -> qualifiers.addAll(s.qualifiers()));
        if (risk == Risk.MEDIUM
                && qualifiers.contains(Qualifier.TEMPERATURE_ONLY)
                && !valid.stream().allMatch(s -> s.qualifiers().contains(Qualifier.TEMPERATURE_ONLY))) {
            qualifiers.remove(Qualifier.TEMPERATURE_ONLY);
            losses.add(Loss.of("qualifiers", Qualifier.TEMPERATURE_ONLY, null, ONE_STATUS));
        }
        return qualifiers;
    }

    private static List<Evidence> evidence(List<Statement> valid, List<Loss> losses) {
        List<Evidence> kept = new ArrayList<>();
        valid.stream()
                .flatMap(statement -> statement.evidence().stream())
                .distinct()
                .sorted(WORST_EVIDENCE_FIRST)
                .forEach(evidence -> {
                    if (kept.stream().noneMatch(one -> one.kind().equals(evidence.kind()))) {
                        kept.add(evidence);
                    } else {
                        losses.add(Loss.of("evidence." + evidence.kind(), evidence.value(), null, ONE_STATUS));
                    }
                });
        return kept;
    }

    private static void lose(
            String field,
            @Nullable String kept,
            List<Statement> valid,
            Function<Statement, @Nullable String> member,
            List<Loss> losses) {
        valid.stream()
                .map(member)
                .filter(value -> value != null && !value.equals(kept))
                .distinct()
                .forEach(value -> losses.add(Loss.of(field, value, null, ONE_STATUS)));
    }
}
