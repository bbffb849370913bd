package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An expression where it stands in a package.
 *
 * @param at where
 * @param source as it is written
 * @param isCondition whether it yields true or false; a moment otherwise
 * @param sight what it looks at
 */
record ExpressionSite(JsonPointer at, String source, boolean isCondition, Sight sight) {
    private static final Set<String> CONDITIONS = Set.of("when", "unless", "mark", "holds");
    private static final String MOMENT = "until";

    /** What an expression looks at. */
    enum Sight {
        /** The claims of the token that carries the status. */
        TOKEN,
        /** The claims of a token before that one, which no example gives. */
        EARLIER_TOKEN,
        /** What a statement is made of, and the time. */
        STATEMENT,
        /** That, and what came of it. */
        RESULT
    }

    /** The expressions of a package, in the order in which they stand there. */
    static List<ExpressionSite> of(JsonNode document) {
        List<ExpressionSite> sites = new ArrayList<>();
        collect(JsonPointer.empty(), document, document, sites);
        return sites;
    }

    private static void collect(JsonPointer at, JsonNode node, JsonNode document, List<ExpressionSite> sites) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            JsonPointer below = at.appendProperty(member.getKey());
            boolean isCondition = CONDITIONS.contains(member.getKey());
            if (member.getValue().isTextual() && (isCondition || member.getKey().equals(MOMENT))) {
                sites.add(
                        new ExpressionSite(below, member.getValue().textValue(), isCondition, sight(below, document)));
            } else if (!member.getKey().equals("claims")) {
                collect(below, member.getValue(), document, sites);
            }
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(at.appendIndex(i), node.get(i), document, sites);
            }
        }
    }

    private static Sight sight(JsonPointer at, JsonNode document) {
        return switch (at.getMatchingProperty()) {
            case "open" -> {
                int steps = document.at("/open/platform").size();
                boolean isEarlier = steps > 0 && !at.toString().startsWith("/open/platform/" + (steps - 1) + "/");
                yield isEarlier ? Sight.EARLIER_TOKEN : Sight.TOKEN;
            }
            case "invariants" -> Sight.RESULT;
            default -> Sight.STATEMENT;
        };
    }

    /** The package with another expression in this one's place. */
    JsonNode replacedBy(String other, JsonNode document) {
        return Trees.replace(document, at, JsonNodeFactory.instance.textNode(other));
    }
}
