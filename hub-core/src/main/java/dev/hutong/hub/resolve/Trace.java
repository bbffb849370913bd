package dev.hutong.hub.resolve;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.policy.Demand;
import dev.hutong.mapping.policy.Policy;
import dev.hutong.mapping.policy.Presented;
import dev.hutong.mapping.policy.Verdict;
import dev.hutong.registry.merkle.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Follows a decision: the way of each code, and, where whoever asked is shown it, what was made of what all of them came to. */
final class Trace {
    private final String decision;
    private final Question question;
    private final Checkpoint checkpoint;
    private final @Nullable InputDigests digests;
    private final Laps laps;
    private final List<CodeTrace> codes;
    private final List<TraceLine> judgement = new ArrayList<>(1);

    /**
     * @param decision the decision's id
     * @param shown whether whoever asked is shown its lines; otherwise none are written
     */
    Trace(String decision, Question question, Checkpoint checkpoint, boolean shown, Observer observer) {
        this.decision = decision;
        this.question = question;
        this.checkpoint = checkpoint;
        this.digests = shown ? new InputDigests(decision) : null;
        this.laps = new Laps(observer);
        // Each code has digests of its own, for platforms may answer on different threads.
        this.codes = IntStream.range(0, question.codes().size())
                .mapToObj(i ->
                        new CodeTrace(question.codes().get(i), i, shown ? new InputDigests(decision) : null, observer))
                .toList();
    }

    String decision() {
        return decision;
    }

    Question question() {
        return question;
    }

    /** The registry that the decision rests on. */
    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The ways of the codes, in the order asked. */
    List<CodeTrace> codes() {
        return codes;
    }

    /** The judgement begins now. */
    void judge() {
        laps.start();
    }

    /**
     * Adds a line for what issuers contradict each other in, one for each demand that is not met, and one for the verdict.
     *
     * @param policy the destination's, or null where it has none
     */
    Outcome<Verdict> judged(Outcome<Verdict> outcome, Presented presented, @Nullable Policy policy) {
        if (digests != null) {
            String inputs = digests.of(
                    Step.JUDGE.word(), digest -> JudgeInput.write(presented, question.destination(), digest));
            describe(outcome, policy, inputs);
        }
        laps.end(Step.JUDGE);
        return outcome;
    }

    private void describe(Outcome<Verdict> outcome, @Nullable Policy policy, String inputs) {
        String rule = policy == null ? null : policy.versioned();
        switch (outcome) {
            case Outcome.Refused<Verdict> refused -> add(rule, refused.reason().name(), refused.why(), inputs);
            case Outcome.Passed<Verdict>(Verdict verdict) -> {
                if (!verdict.contradictions().isEmpty()) {
                    add(rule, TraceLine.CONTRADICTION, describe(verdict.contradictions()), inputs);
                }
                for (Demand demand : verdict.unmet()) {
                    String ofDemand = policy == null ? null : policy.rule(demand);
                    add(ofDemand, TraceLine.UNMET, demand.text().english(), inputs);
                }
                Object conclusion = verdict.reason() == null ? verdict.risk() : verdict.reason();
                add(rule, TraceLine.PASSED, conclusion + " by " + verdict.ground(), inputs);
            }
        }
    }

    private void add(@Nullable String rule, String outcome, String note, String inputs) {
        judgement.add(new TraceLine(Step.JUDGE.word(), null, rule, outcome, note, inputs));
    }

    private static String describe(List<Statement> statements) {
        return statements.stream()
                .map(one ->
                        one.issuer() + (one.region() == null ? "" : " (" + one.region() + ")") + " says " + one.risk())
                .collect(Collectors.joining(", "));
    }

    /** To whom a holder turns about a statement, where its format says so. */
    Optional<Bilingual> appealAbout(Statement statement) {
        return codes.stream()
                .flatMap(code -> code.appealAbout(statement).stream())
                .findFirst();
    }

    /** All lines: those of each code, and then the judgement. */
    List<TraceLine> lines() {
        List<TraceLine> lines = new ArrayList<>();
        codes.forEach(code -> lines.addAll(code.lines()));
        lines.addAll(judgement);
        return lines;
    }
}
