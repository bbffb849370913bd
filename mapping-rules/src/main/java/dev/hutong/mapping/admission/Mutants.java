package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ways in which a package could be wrong by one slip: a comparison turned round, a boundary moved, a rule, an end or an exception left
 * out, a risk taken for another. Whatever cannot change what a verifier is told (words, say) is left alone.
 */
final class Mutants {
    private static final Map<String, String> RISK_TO_SLIP =
            Map.of("LOW", "MEDIUM", "MEDIUM", "HIGH", "HIGH", "MEDIUM", "UNKNOWN", "LOW");
    private static final Map<String, String> RESULT_TO_SLIP =
            Map.of("POSITIVE", "NEGATIVE", "NEGATIVE", "POSITIVE", "WAITING", "POSITIVE");

    /** Lists of which each item is something that the package says and could have forgotten. */
    private static final List<String> FORGETTABLE =
            List.of("/statements/rules", "/statements/qualify", "/statements/issuerError", "/statements/validity");

    /** Members of list items that a package could do without. */
    private static final List<String> EXCEPTIONS = List.of("when", "unless");

    private Mutants() {}

    /**
     * A package with one slip in it.
     *
     * @param at where
     * @param what the slip, in words
     */
    record Mutant(JsonPointer at, String what, JsonNode document) {}

    static List<Mutant> of(JsonNode document) {
        List<Mutant> mutants = new ArrayList<>();
        for (ExpressionSite site : ExpressionSite.of(document)) {
            if (site.sight() == ExpressionSite.Sight.TOKEN || site.sight() == ExpressionSite.Sight.STATEMENT) {
                addSlips(site, document, mutants);
            }
        }
        List<String> lists = new ArrayList<>(FORGETTABLE);
        ExpressionSite.of(document).stream()
                .filter(site -> site.sight() == ExpressionSite.Sight.TOKEN)
                .map(site -> site.at().head().head().toString())
                .distinct()
                .forEach(lists::add);
        lists.forEach(list -> addForgotten(JsonPointer.compile(list), document, mutants));
        addRisks(document, mutants);
        addTables(document, mutants);
        return mutants;
    }

    private static void addSlips(ExpressionSite site, JsonNode document, List<Mutant> mutants) {
        ExpressionTree.of(site.source()).ifPresent(tree -> {
            for (ExpressionTree.Mutant mutant : tree.mutants(site.isCondition())) {
                mutants.add(new Mutant(
                        site.at(),
                        "«" + site.source() + "» changed into «" + mutant.source() + "»",
                        site.replacedBy(mutant.source(), document)));
            }
        });
        if (!site.isCondition()) {
            for (String earlierOrLater : List.of(" - 1", " + 1")) {
                String moved = "(" + site.source() + ")" + earlierOrLater;
                mutants.add(new Mutant(
                        site.at(),
                        "«" + site.source() + "» a millisecond "
                                + (earlierOrLater.equals(" - 1") ? "earlier" : "later"),
                        site.replacedBy(moved, document)));
            }
        }
    }

    private static void addForgotten(JsonPointer list, JsonNode document, List<Mutant> mutants) {
        JsonNode items = document.at(list);
        for (int i = 0; i < items.size(); i++) {
            JsonPointer item = list.appendIndex(i);
            mutants.add(new Mutant(item, "left out", Trees.without(document, item)));
            for (String exception : EXCEPTIONS) {
                boolean isNeeded = list.toString().equals("/statements/rules") || exception.equals("unless");
                if (items.get(i).has(exception) && isNeeded) {
                    JsonPointer at = item.appendProperty(exception);
                    mutants.add(new Mutant(at, "«" + exception + "» left out", Trees.without(document, at)));
                }
            }
        }
    }

    private static void addRisks(JsonNode document, List<Mutant> mutants) {
        JsonPointer rules = JsonPointer.compile("/statements/rules");
        JsonNode items = document.at(rules);
        for (int i = 0; i < items.size(); i++) {
            JsonPointer risk = rules.appendIndex(i).appendProperty("risk");
            String own = document.at(risk).asText();
            String slip = RISK_TO_SLIP.getOrDefault(own, "HIGH");
            mutants.add(new Mutant(
                    risk, own + " taken for " + slip, Trees.replace(document, risk, TextNode.valueOf(slip))));
            JsonPointer qualifiers = rules.appendIndex(i).appendProperty("qualifiers");
            for (int q = 0; q < document.at(qualifiers).size(); q++) {
                JsonPointer at = qualifiers.appendIndex(q);
                mutants.add(new Mutant(at, document.at(at).asText() + " left out", Trees.without(document, at)));
            }
        }
    }

    private static void addTables(JsonNode document, List<Mutant> mutants) {
        JsonPointer causes = JsonPointer.compile("/statements/causes/table");
        document.at(causes).properties().forEach(cause -> {
            JsonPointer add = causes.appendProperty(cause.getKey()).appendProperty("add");
            if (!document.at(add).isMissingNode()) {
                mutants.add(new Mutant(add, "«add» left out", Trees.without(document, add)));
            }
        });
        JsonPointer evidence = JsonPointer.compile("/statements/evidence");
        document.at(evidence).properties().forEach(observation -> {
            JsonPointer at = evidence.appendProperty(observation.getKey());
            mutants.add(new Mutant(at, "left out", Trees.without(document, at)));
            JsonPointer table = at.appendProperty("table");
            document.at(table).properties().forEach(result -> {
                JsonPointer entry = table.appendProperty(result.getKey());
                String own = result.getValue().asText();
                String slip = RESULT_TO_SLIP.getOrDefault(own, own);
                mutants.add(new Mutant(
                        entry, own + " taken for " + slip, Trees.replace(document, entry, TextNode.valueOf(slip))));
            });
        });
    }
}
