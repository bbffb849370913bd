package dev.hutong.mapping.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a payload gives, in the words of {@code examples.yaml}: {@code refused} with a reason, or {@code statements}. */
final class StatementTree {
    static final String REFUSED = "refused";
    static final String STATEMENTS = "statements";

    private StatementTree() {}

    static ObjectNode of(Outcome<List<Statement>> outcome) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        switch (outcome) {
            case Outcome.Refused<List<Statement>> refused ->
                tree.put(REFUSED, refused.reason().name());
            case Outcome.Passed<List<Statement>>(List<Statement> statements) -> {
                ArrayNode list = tree.putArray(STATEMENTS);
                statements.forEach(statement -> list.add(of(statement)));
            }
        }
        return tree;
    }

    private static ObjectNode of(Statement statement) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("native", statement.nativeState());
        tree.put("risk", statement.risk().name());
        tree.put(
                "reason", statement.reason() == null ? null : statement.reason().name());
        ArrayNode qualifiers = tree.putArray("qualifiers");
        if (!statement.qualifiers().isEmpty()) {
            EnumSet.copyOf(statement.qualifiers()).forEach(qualifier -> qualifiers.add(qualifier.name()));
        }
        tree.put("cause", statement.cause());
        tree.put(
                "region", statement.region() == null ? null : statement.region().value());
        tree.put("assertedBy", statement.assertedBy());
        tree.put("assertedAt", text(statement.assertedAt()));
        tree.put("validUntil", text(statement.validUntil()));
        ArrayNode evidence = tree.putArray("evidence");
        statement.evidence().forEach(observation -> evidence.add(of(observation)));
        tree.put("rule", statement.rule());
        tree.put("evidenceOnly", statement.evidenceOnly());
        return tree;
    }

    private static JsonNode of(Evidence observation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", observation.kind())
                .put("value", observation.value())
                .put("at", text(observation.at()));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
