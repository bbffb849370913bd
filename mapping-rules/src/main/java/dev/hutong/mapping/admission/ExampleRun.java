package dev.hutong.mapping.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.Examples;
import dev.hutong.mapping.format.FormatPackage;
import java.util.List;
import java.util.Map;

/**
 * A {@code map} example and what a package made of it.
 *
 * @param name the example's name
 * @param expected what its {@code gives} says, {@code refused} or {@code statements}
 * @param actual the same in full
 */
public record ExampleRun(String name, JsonNode expected, JsonNode actual) {

    /** Runs every example of {@code examples}, in order. */
    public static List<ExampleRun> all(FormatPackage format, Examples examples) {
        return SignedExample.of(examples).stream()
                .map(example -> of(format, example))
                .toList();
    }

    static ExampleRun of(FormatPackage format, SignedExample example) {
        return new ExampleRun(example.name(), expected(example.gives()), StatementTree.of(example.mappedBy(format)));
    }

    private static JsonNode expected(Examples.Gives gives) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        if (gives.statements() != null) {
            gives.statements().forEach(tree.putArray(StatementTree.STATEMENTS)::add);
        }
        return gives.refused() == null ? tree : tree.put(StatementTree.REFUSED, gives.refused());
    }

    /** Whether it gave what it was to give; of a statement, only the members that the example writes are compared. */
    public boolean comesTrue() {
        return expected.equals(actualAsFarAsExpected());
    }

    /** What it gave, without the members that the example does not write. */
    public JsonNode actualAsFarAsExpected() {
        JsonNode statements = expected.path(StatementTree.STATEMENTS);
        JsonNode trimmed = actual.deepCopy();
        JsonNode given = trimmed.path(StatementTree.STATEMENTS);
        for (int i = 0; i < given.size() && i < statements.size(); i++) {
            List<String> written = statements.get(i).properties().stream()
                    .map(Map.Entry::getKey)
                    .toList();
            ((ObjectNode) given.get(i)).retain(written);
        }
        return trimmed;
    }

    static List<Statement> statements(Outcome<List<Statement>> outcome) {
        return outcome instanceof Outcome.Passed<List<Statement>>(List<Statement> statements) ? statements : List.of();
    }
}
