package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Prints a decision for a person. */
final class DecisionPrinter {
    private final Console console;

    DecisionPrinter(Console console) {
        this.console = console;
    }

    void print(JsonNode answer, boolean withTrace) {
        JsonNode decision = printable(answer);
        PrintWriter out = console.out();
        String reason = decision.path("reason").isNull()
                ? ""
                : "  " + decision.path("reason").asText();
        String qualifiers = texts(decision.path("qualifiers"));
        out.println(RiskColour.paint(decision.path("risk").asText(), console.ansi())
                + reason
                + (qualifiers.isEmpty() ? "" : "  " + qualifiers));
        out.println("  " + decision.path("explanation").path("zh-CN").asText());
        out.println("  " + decision.path("explanation").path("en").asText());
        JsonNode remedy = decision.path("remedy");
        if (remedy.isObject()) {
            out.println("  next: " + remedy.path("zh-CN").asText() + " / "
                    + remedy.path("en").asText());
        }
        List<String> facts = new ArrayList<>();
        fact(facts, "format", decision.path("format"));
        fact(facts, "issuer", decision.path("issuer"));
        fact(facts, "for", decision.path("destination"));
        fact(facts, "policy", decision.path("policy"));
        fact(facts, "valid until", decision.path("validUntil"));
        out.println("  " + String.join(", ", facts));
        for (JsonNode statement : decision.path("statements")) {
            out.println("  statement: " + statement(statement));
        }
        if (withTrace) {
            if (!decision.has("trace")) {
                out.println("  The hub shows the trace to clients with the role auditor.");
            }
            for (JsonNode line : decision.path("trace")) {
                out.printf(
                        "  %-12s %-20s %s%n",
                        line.path("step").asText(),
                        line.path("outcome").asText(),
                        line.path("note").asText());
            }
            JsonNode appeal = decision.path("appeal");
            if (appeal.isObject()) {
                out.println("  appeal to " + appeal.path("issuer").asText() + ": "
                        + appeal.path("zh-CN").asText() + " / "
                        + appeal.path("en").asText());
            }
            out.println("  decision " + decision.path("id").asText() + ", registry of "
                    + decision.at("/checkpoint/size").asText() + " entries, root "
                    + decision.at("/checkpoint/root").asText());
        }
    }

    /** The same without control characters, by which a platform or a hub could write all over the terminal. */
    private static JsonNode printable(JsonNode node) {
        return switch (node) {
            case TextNode text -> TextNode.valueOf(text.textValue().replaceAll("\\p{Cc}", "\uFFFD"));
            case ArrayNode list -> {
                ArrayNode copy = list.arrayNode();
                list.forEach(item -> copy.add(printable(item)));
                yield copy;
            }
            case ObjectNode object -> {
                ObjectNode copy = object.objectNode();
                object.properties().forEach(member -> copy.set(member.getKey(), printable(member.getValue())));
                yield copy;
            }
            default -> node;
        };
    }

    private static String statement(JsonNode statement) {
        List<String> parts = new ArrayList<>();
        parts.add(statement.path("rule").asText());
        parts.add("native " + statement.path("native").asText("–"));
        parts.add(
                statement.path("reason").isNull()
                        ? statement.path("risk").asText()
                        : statement.path("reason").asText());
        fact(parts, "by", statement.path("assertedBy"));
        fact(parts, "cause", statement.path("cause"));
        for (JsonNode evidence : statement.path("evidence")) {
            parts.add(evidence.path("kind").asText() + " "
                    + evidence.path("value").asText());
        }
        return String.join(", ", parts);
    }

    private static void fact(List<String> facts, String name, JsonNode value) {
        if (value.isTextual()) {
            facts.add(name + " " + value.asText());
        }
    }

    private static String texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }
}
