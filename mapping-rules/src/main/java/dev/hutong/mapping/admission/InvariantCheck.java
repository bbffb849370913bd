package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.ExpressionFailure;
import dev.hutong.mapping.format.Probe;
import dev.hutong.mapping.format.Situation;
import dev.hutong.mapping.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What must hold of every statement, over the examples and over generated claims: the package's own {@code invariants}, and those that every
 * format has without writing them. An expression that cannot be evaluated on some claims is found here, too. Of each kind the first
 * case found is told.
 */
final class InvariantCheck {
    private static final int PAYLOADS = 600;
    private static final long SEED = 4;
    private static final Set<Reason> OVER =
            Set.of(Reason.EXPIRED_CODE, Reason.EXPIRED_DECLARATION, Reason.EXPIRED_STATEMENT);

    private final Subject subject;
    private final GeneratedClaims generated;
    private final CaseFindings findings;
    private final NeverBetter neverBetter;
    private final Map<ExpressionSite, Consumer<Situation>> siteToEvaluation = new LinkedHashMap<>();

    private InvariantCheck(Subject subject, Policy policy) {
        this.subject = subject;
        this.generated = new GeneratedClaims(subject.document(), subject.places(), subject.signed(), SEED);
        this.findings = new CaseFindings(subject);
        this.neverBetter = new NeverBetter(subject, policy, generated, findings);
        Probe ofStatements = Probe.ofStatements(subject.format());
        Probe ofToken = Probe.ofToken(subject.format());
        for (ExpressionSite site : ExpressionSite.of(subject.document())) {
            switch (site.sight()) {
                case TOKEN -> siteToEvaluation.put(site, evaluation(ofToken, site));
                case STATEMENT -> siteToEvaluation.put(site, evaluation(ofStatements, site));
                case EARLIER_TOKEN, RESULT -> {}
            }
        }
    }

    private static Consumer<Situation> evaluation(Probe probe, ExpressionSite site) {
        return site.isCondition() ? probe.condition(site.source())::holds : probe.moment(site.source())::at;
    }

    /**
     * @param policy how several statements are judged together
     */
    static Collection<Finding> of(Subject subject, Policy policy) {
        if (subject.signed().isEmpty()) {
            return List.of();
        }
        InvariantCheck check = new InvariantCheck(subject, policy);
        Stream.concat(subject.signed().stream(), check.generated.take(PAYLOADS)).forEach(check::look);
        return check.findings.all();
    }

    private void look(SignedExample signed) {
        evaluate(signed.tokenSituations(subject.format()), ExpressionSite.Sight.TOKEN, signed);
        Set<Instant> moments = moments(signed);
        boolean first = true;
        List<Statement> before = List.of();
        for (Instant now : moments) {
            Outcome<List<Statement>> outcome = signed.mappedBy(subject.format(), now);
            List<Statement> statements = ExampleRun.statements(outcome);
            List<Situation> situations = signed.situations(subject.format(), now);
            evaluate(situations, ExpressionSite.Sight.STATEMENT, signed);
            lookAtStatements(statements, situations, signed, now);
            if (!first) {
                lookAtTime(before, statements, signed, now);
            }
            before = statements;
            first = false;
        }
        neverBetter.look(signed);
    }

    /** The example's own time, and the instants around every end that a statement has then. */
    private Set<Instant> moments(SignedExample signed) {
        Set<Instant> moments = new TreeSet<>(List.of(
                signed.now(),
                signed.now().plus(Duration.ofDays(1)),
                signed.now().plus(Duration.ofDays(40))));
        for (Statement statement : ExampleRun.statements(signed.mappedBy(subject.format()))) {
            Instant end = statement.validUntil();
            if (end != null && end.isAfter(Instant.EPOCH) && end.isBefore(Instant.ofEpochSecond(100_000_000_000L))) {
                moments.addAll(List.of(end.minusMillis(1), end, end.plusMillis(1)));
            }
        }
        return moments;
    }

    private void evaluate(List<Situation> situations, ExpressionSite.Sight sight, SignedExample signed) {
        siteToEvaluation.forEach((site, evaluation) -> {
            if (site.sight() == sight) {
                for (Situation situation : situations) {
                    try {
                        evaluation.accept(situation);
                    } catch (ExpressionFailure failure) {
                        findings.error(
                                "evaluation " + site.at(),
                                site.at(),
                                "«" + site.source() + "» type-checks, but cannot be evaluated (" + cause(failure) + ")"
                                        + CaseFindings.on(signed, signed.now()),
                                "Ask first whether it can be: compare before you divide, and do not convert a text that may be no number.");
                    }
                }
            }
        });
    }

    private static String cause(ExpressionFailure failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null ? "unknown" : cause.getMessage();
    }

    private void lookAtStatements(
            List<Statement> statements, List<Situation> situations, SignedExample signed, Instant now) {
        for (int s = 0; s < statements.size(); s++) {
            Statement statement = statements.get(s);
            Instant end = statement.validUntil();
            if (end != null && !now.isBefore(end) && statement.risk() == Risk.LOW) {
                findings.error(
                        "expired",
                        JsonPointer.compile("/statements/validity"),
                        "an expired statement is LOW" + CaseFindings.on(signed, now),
                        "Let every end be an instant after which nothing is green.");
            }
            for (int i = 0; i < subject.format().invariants().size(); i++) {
                JsonPointer at = JsonPointer.compile("/invariants/" + i);
                Optional<String> why = subject.format().invariants().brokenBy(i, situations.get(s), statement);
                why.ifPresent(broken -> findings.error(
                        at.toString(),
                        at,
                        "«" + subject.document().at(at).path("id").asText() + "» does not hold: " + broken
                                + "; the statement is " + statement.risk() + " by " + statement.rule()
                                + CaseFindings.on(signed, now),
                        "Change the rules so that it holds, or the invariant where it says too much."));
            }
        }
    }

    /** What is over stays over: an end that moves with the clock would never come. */
    private void lookAtTime(List<Statement> before, List<Statement> after, SignedExample signed, Instant now) {
        for (int s = 0; s < before.size() && s < after.size(); s++) {
            if (after.get(s).risk() == Risk.LOW && (isOver(before.get(s)) || endsLater(after.get(s), before.get(s)))) {
                findings.error(
                        "time",
                        JsonPointer.compile("/statements/validity"),
                        "the mere passing of time makes a statement better" + CaseFindings.on(signed, now),
                        "Count each end from a claim, not from «now».");
            }
        }
    }

    private static boolean isOver(Statement statement) {
        Reason reason = statement.reason();
        return reason != null && OVER.contains(reason);
    }

    private static boolean endsLater(Statement one, Statement other) {
        Instant end = one.validUntil();
        Instant otherEnd = other.validUntil();
        return other.risk() == Risk.LOW && end != null && otherEnd != null && end.isAfter(otherEnd);
    }
}
