package dev.hutong.hub.replay;

import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.policy.Policy;
import dev.hutong.mapping.policy.Presented;
import dev.hutong.mapping.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a recorded decision again, offline. Without the code it is judged again from its own statements; with the code of a format that is
 * signed itself, all steps run again, from recognising to judging. The rules are those of the versions that the decision names, in force or
 * not, and the instant is that of the decision.
 */
public final class Replay {
    /** What is compared of a verdict. */
    private record Conclusion(
            Risk risk,
            @Nullable Reason reason,
            Set<Qualifier> qualifiers,
            @Nullable Instant validUntil) {
        static Conclusion unknown(Reason reason) {
            return new Conclusion(Risk.UNKNOWN, reason, Set.of(), null);
        }
    }

    private final ReplaySource source;

    public Replay(ReplaySource source) {
        this.source = source;
    }

    /** Judges the statements again that stand in the decision. */
    public Replayed ofStatements(RecordedDecision decision) {
        if (decision.statements().isEmpty()) {
            return new Replayed.Impossible("it rests on no statement ("
                    + decision.text("/reason").orElse("") + "): only the code itself can be tried again");
        }
        return missing(decision)
                .<Replayed>map(Replayed.Impossible::new)
                .orElseGet(() -> compared(decision, decision.statements(), Optional.empty(), new ArrayList<>()));
    }

    /** Goes the whole way of a code again, and compares what each step comes to. */
    public Replayed ofCode(RecordedDecision decision, String code) {
        Optional<String> missing = decision.text("/reason").equals(Optional.of(Reason.STALE_REGISTRY.name()))
                ? Optional.of("the hub's registry had not been confirmed for too long, and the code was not looked at")
                : missing(decision);
        if (missing.isPresent()) {
            return new Replayed.Impossible(missing.get());
        }
        List<Difference> differences = new ArrayList<>();
        CodeWay way = new CodeWay(source, decision);
        way.differenceFromInput(code).ifPresent(differences::add);
        way.differenceFromRegistry().ifPresent(differences::add);
        return switch (way.statementsOf(code)) {
            case CodeWay.Online(String why) -> new Replayed.Impossible(why);
            case CodeWay.Arrived(Outcome.Passed<List<Statement>>(List<Statement> statements)) -> {
                differences.addAll(StatementDifferences.between(decision.statements(), statements));
                yield compared(decision, statements, Optional.empty(), differences);
            }
            case CodeWay.Arrived(Outcome.Refused<List<Statement>> refused) ->
                compared(decision, List.of(), Optional.of(refused.reason()), differences);
        };
    }

    private Replayed compared(
            RecordedDecision decision,
            List<Statement> statements,
            Optional<Reason> refused,
            List<Difference> differences) {
        Conclusion verdict = refused.map(Conclusion::unknown).orElseGet(() -> judged(decision, statements));
        compare("risk", decision, verdict.risk(), differences);
        compare("reason", decision, verdict.reason(), differences);
        compare("validUntil", decision, verdict.validUntil(), differences);
        Set<String> decided = new TreeSet<>();
        decision.json().path("qualifiers").forEach(name -> decided.add(name.asText()));
        Set<String> replayed = new TreeSet<>();
        verdict.qualifiers().forEach(qualifier -> replayed.add(qualifier.name()));
        if (!decided.equals(replayed)) {
            differences.add(new Difference("qualifiers", decided.toString(), replayed.toString()));
        }
        return differences.isEmpty()
                ? new Replayed.Same(statements.size() + " statements, judged by "
                        + decision.text("/policy").orElse("no policy") + " at " + decision.decidedAt())
                : new Replayed.Differs(differences);
    }

    /** The one place that asks a policy; a destination that is no region has none, and what makes it UNKNOWN anyway comes first. */
    private Conclusion judged(RecordedDecision decision, List<Statement> statements) {
        Optional<Policy> named = policy(decision);
        Presented presented = new Presented(
                statements,
                refusedBeside(decision),
                decision.text("/observed/temperature").orElse(null),
                decision.decidedAt());
        Verdict verdict = named.orElse(source.policies().defaultPolicy()).judge(presented);
        return named.isEmpty() && verdict.risk() != Risk.UNKNOWN
                ? Conclusion.unknown(Reason.NO_POLICY)
                : new Conclusion(verdict.risk(), verdict.reason(), verdict.qualifiers(), verdict.validUntil());
    }

    /** Why further codes of the same decision came to nothing. */
    private static List<Reason> refusedBeside(RecordedDecision decision) {
        List<Reason> reasons = new ArrayList<>();
        decision.json().path("codes").forEach(code -> {
            if (code.path("reason").isTextual()) {
                reasons.add(Reason.valueOf(code.path("reason").textValue()));
            }
        });
        return reasons;
    }

    private Optional<Policy> policy(RecordedDecision decision) {
        return decision.text("/policy").flatMap(source.policies()::named);
    }

    /** What the decision names and is not at hand. */
    private Optional<String> missing(RecordedDecision decision) {
        Optional<String> rules = decision.statements().stream()
                .map(statement -> CodeWay.version(statement.rule()))
                .filter(version -> source.versions().find(version).isEmpty())
                .findFirst()
                .map(version -> "it was decided by the rules " + version + ", which are not there");
        return rules.or(() -> decision.text("/policy")
                .filter(named -> policy(decision).isEmpty())
                .map(named -> "it was judged by the policy " + named + ", which is not there"));
    }

    private static void compare(
            String member, RecordedDecision decision, @Nullable Object replayed, List<Difference> differences) {
        String decided = decision.text("/" + member).orElse("null");
        if (!decided.equals(String.valueOf(replayed))) {
            differences.add(new Difference(member, decided, String.valueOf(replayed)));
        }
    }
}
