package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.format.ExpressionFailure;
import dev.hutong.mapping.format.Probe;
import dev.hutong.mapping.format.Situation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the examples reach: every rule, and both sides of every boolean leaf. */
final class Coverage {
    private static final JsonPointer RULES = JsonPointer.compile("/statements/rules");
    private static final JsonPointer OTHERWISE = JsonPointer.compile("/statements/otherwise");

    private Coverage() {}

    /** Rules that decide in no example. */
    static List<Finding> ofRules(Subject subject) {
        Set<String> fired = new HashSet<>();
        for (SignedExample example : subject.signed()) {
            ExampleRun.statements(example.mappedBy(subject.format())).forEach(statement -> fired.add(statement.rule()));
        }
        List<JsonPointer> rules = new ArrayList<>();
        for (int i = 0; i < subject.document().at(RULES).size(); i++) {
            rules.add(RULES.appendIndex(i));
        }
        rules.add(OTHERWISE);
        List<Finding> findings = new ArrayList<>();
        for (JsonPointer rule : rules) {
            String id = subject.document().at(rule).path("id").asText();
            if (!fired.contains(subject.format().versioned() + "#" + id)) {
                findings.add(
                        subject.error(
                                Check.RULES,
                                rule,
                                "«" + id + "» decides in no example",
                                "Add a map example that it decides; where there is none, a rule before it takes everything: leave one of them out."));
            }
        }
        return findings;
    }

    /** Leaves that are never true, or never false. */
    static List<Finding> ofConditions(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        List<Situation> ofTokens = subject.signed().stream()
                .flatMap(example -> example.tokenSituations(subject.format()).stream())
                .toList();
        List<Situation> ofStatements = subject.signed().stream()
                .flatMap(example -> example.situations(subject.format(), example.now()).stream())
                .toList();
        for (ExpressionSite site : ExpressionSite.of(subject.document())) {
            switch (site.sight()) {
                case TOKEN -> addMissing(subject, site, Probe.ofToken(subject.format()), ofTokens, findings);
                case STATEMENT ->
                    addMissing(
                            subject,
                            site,
                            Probe.ofStatements(subject.format()),
                            ofStatements.stream()
                                    .filter(situation -> isAsked(subject, site, situation))
                                    .flatMap(situation -> lookedAt(subject, site, situation))
                                    .toList(),
                            findings);
                case EARLIER_TOKEN, RESULT -> {}
            }
        }
        return findings;
    }

    /** A rule's condition is asked only where its state is the native one. */
    private static boolean isAsked(Subject subject, ExpressionSite site, Situation situation) {
        JsonNode state = subject.document().at(site.at().head()).path("state");
        return !state.isTextual()
                || situation
                        .text(subject.document().at("/statements/state").asText())
                        .equals(state.textValue());
    }

    /** An observation of a list's entries is made of each of them. */
    private static Stream<Situation> lookedAt(Subject subject, ExpressionSite site, Situation situation) {
        JsonNode list = subject.document().at(site.at().head()).path("list");
        return list.isTextual() ? situation.entries(list.textValue()).stream() : Stream.of(situation);
    }

    private static void addMissing(
            Subject subject, ExpressionSite site, Probe probe, List<Situation> situations, List<Finding> findings) {
        Optional<ExpressionTree> tree = ExpressionTree.of(site.source());
        for (String leaf : tree.map(parsed -> parsed.leaves(site.isCondition())).orElse(Set.of())) {
            Probe.Condition condition = probe.condition(leaf);
            for (boolean side : List.of(true, false)) {
                if (situations.stream().noneMatch(situation -> is(side, condition, situation))) {
                    findings.add(subject.error(
                            Check.CONDITIONS,
                            site.at(),
                            "«" + leaf + "» is " + side + " in no example",
                            "Add a map example in which it is; where there is none, leave it out."));
                }
            }
        }
    }

    private static boolean is(boolean side, Probe.Condition condition, Situation situation) {
        try {
            return condition.holds(situation) == side;
        } catch (ExpressionFailure unevaluable) {
            return false; // told by the check of invariants, with the claims on which it fails
        }
    }
}
