package dev.hutong.hub.resolve;

import com.github.f4b6a3.ulid.UlidFactory;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Explanations;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.policy.Demand;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.mapping.policy.Policy;
import dev.hutong.mapping.policy.Verdict;
import dev.hutong.registry.merkle.Checkpoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a decision of what the steps came to, however far the codes got, and puts it into words. */
final class DecisionMaker {
    private final Explanations explanations;
    private final UlidFactory ids = UlidFactory.newInstance();

    DecisionMaker(Explanations explanations) {
        this.explanations = explanations;
    }

    /**
     * Begins to follow a decision, which has its id from now on.
     *
     * @param shown whether whoever asked is shown its steps
     */
    Trace begin(Question question, Checkpoint checkpoint, boolean shown, Instant now, Observer observer) {
        return new Trace(ids.create(now.toEpochMilli()).toString(), question, checkpoint, shown, observer);
    }

    Decision make(Trace trace, List<Statement> statements, Verdict verdict, Instant now, Policies policies) {
        String destination = trace.question().destination();
        return new Decision(
                trace.decision(),
                verdict,
                trace.codes().stream().map(CodeTrace::outcome).toList(),
                destination,
                trace.question().observedTemperature(),
                policies.find(destination).map(Policy::versioned).orElse(null),
                now,
                trace.checkpoint(),
                statements,
                new Decision.Words(explanation(verdict), remedy(verdict), appeal(verdict, trace)),
                trace.lines());
    }

    /** The reason of an UNKNOWN; otherwise the risk, what the statements say that decided it, and what more is asked for. */
    private Bilingual explanation(Verdict verdict) {
        Reason reason = verdict.reason();
        if (reason != null) {
            return explanations.of(reason);
        }
        return explanations.of(
                verdict.risk(),
                verdict.decisive().stream().map(Statement::meaning).toList(),
                verdict.qualifiers(),
                verdict.unmet().stream().map(Demand::text).toList());
    }

    private @Nullable Bilingual remedy(Verdict verdict) {
        Reason reason = verdict.reason();
        return verdict.remedy() == null && reason != null ? explanations.remedyOf(reason) : verdict.remedy();
    }

    private @Nullable Appeal appeal(Verdict verdict, Trace trace) {
        return verdict.contestable()
                .map(statement -> new Appeal(
                        statement.issuer(),
                        statement.region(),
                        trace.appealAbout(statement).orElse(explanations.appeal())))
                .orElse(null);
    }
}
