package dev.hutong.hub.resolve;

import com.github.f4b6a3.ulid.UlidFactory;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Explanations;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.mapping.policy.Policy;
import dev.hutong.mapping.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Makes a decision of what the steps came to, however far the code got, and puts it into words. */
final class DecisionMaker {
    private final Explanations explanations;
    private final UlidFactory ids = UlidFactory.newInstance();

    DecisionMaker(Explanations explanations) {
        this.explanations = explanations;
    }

    Decision make(
            Outcome<List<Statement>> mapped, Outcome<Verdict> judged, Instant now, Policies policies, Trace trace) {
        List<Statement> statements =
                mapped instanceof Outcome.Passed<List<Statement>>(List<Statement> all) ? all : List.of();
        Verdict verdict = switch (judged) {
            case Outcome.Passed<Verdict>(Verdict passed) -> passed;
            case Outcome.Refused<Verdict> refused ->
                new Verdict(Risk.UNKNOWN, refused.reason(), Set.of(), null, refused.why());
        };
        String destination = trace.question().destination();
        return new Decision(
                ids.create(now.toEpochMilli()).toString(),
                verdict,
                trace.format(),
                trace.issuer(),
                destination,
                policies.find(destination).map(Policy::versioned).orElse(null),
                now,
                trace.checkpoint(),
                statements,
                explain(verdict, statements),
                trace.lines());
    }

    /** The reason of an UNKNOWN; otherwise the risk, and what the statements say that decided it. */
    private Bilingual explain(Verdict verdict, List<Statement> statements) {
        Reason reason = verdict.reason();
        if (reason != null) {
            return explanations.of(reason);
        }
        List<Bilingual> decisive = statements.stream()
                .filter(statement -> statement.risk() == verdict.risk())
                .map(Statement::meaning)
                .toList();
        List<Bilingual> meanings = decisive.isEmpty() // cleared by the verifier's own reading
                ? statements.stream().map(Statement::meaning).toList()
                : decisive;
        return explanations.of(verdict.risk(), meanings, verdict.qualifiers());
    }
}
