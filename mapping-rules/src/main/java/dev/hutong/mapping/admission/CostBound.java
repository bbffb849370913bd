package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What judging one payload can cost at most, in steps: the nodes of each expression, those about a list's entries once for each item that
 * the list may have. There are no loops in expressions, and none between platform steps, so that this bound is also why judging ends.
 */
final class CostBound {
    /** About a hundred microseconds on one core; the costliest package that travels with the hub has a third of it. */
    static final long LIMIT = 10_000;

    /** As many items as a list has whose claim does not say. */
    private static final int LONGEST_LIST = 64;

    private static final JsonPointer EVIDENCE = JsonPointer.compile("/statements/evidence");

    private CostBound() {}

    static long of(Subject subject) {
        long perToken = 0;
        long perStatement = 0;
        for (ExpressionSite site : ExpressionSite.of(subject.document())) {
            int nodes =
                    ExpressionTree.of(site.source()).map(ExpressionTree::nodes).orElse(0);
            switch (site.sight()) {
                case TOKEN, EARLIER_TOKEN -> perToken += nodes;
                case STATEMENT -> perStatement += nodes * times(subject, site.at());
                case RESULT -> {}
            }
        }
        JsonNode statements = subject.document().path("statements");
        long newest = 0;
        for (JsonNode one : statements.path("newest")) {
            newest +=
                    longest(subject, one.path("list").asText()) * one.path("by").size();
        }
        long entries = statements.has("each")
                ? longest(subject, statements.at("/each/list").asText())
                : 1;
        return perToken + newest + entries * Math.max(1, perStatement);
    }

    /** How often an expression is asked for one statement: once, or for each entry of the list that its observation is found in. */
    private static long times(Subject subject, JsonPointer at) {
        if (!at.toString().startsWith(EVIDENCE.toString() + "/")) {
            return 1;
        }
        JsonNode observation = subject.document().at(at.head());
        return observation.has("list")
                ? longest(subject, observation.get("list").asText())
                : 1;
    }

    private static long longest(Subject subject, String list) {
        Optional<ClaimPlace> place = subject.places().stream()
                .filter(claim -> claim.path().equals(list))
                .findFirst();
        return place.map(claim -> claim.declaration().path("longest").asLong(LONGEST_LIST))
                .orElse((long) LONGEST_LIST);
    }

    static List<Finding> findings(Subject subject) {
        long cost = of(subject);
        List<Finding> findings = new ArrayList<>();
        if (cost > LIMIT) {
            findings.add(subject.error(
                    Check.COST,
                    JsonPointer.compile("/statements"),
                    "judging one payload can take " + cost + " steps, more than " + LIMIT,
                    "Give lists a smaller «longest», or say it with fewer or shorter expressions."));
        }
        return findings;
    }
}
