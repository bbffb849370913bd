package dev.hutong.mapping.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.format.FormatPackage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An example whose answer is another in the next version of a package.
 *
 * @param name the example's name
 * @param before what it gave, rules without their version
 * @param after what it gives
 */
public record ExampleChange(String name, JsonNode before, JsonNode after) {

    /** Those of both versions' examples that change. */
    public static List<ExampleChange> between(AuthoredPackage present, AuthoredPackage next) {
        List<ExampleChange> changes = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        Stream.of(present, next)
                .flatMap(version -> SignedExample.of(version.examples()).stream())
                .forEach(example -> {
                    boolean isNew =
                            seen.add(List.of(example.payload(), example.now(), String.valueOf(example.codeEnds())));
                    JsonNode before = answer(present.format(), example);
                    JsonNode after = answer(next.format(), example);
                    if (isNew && !Objects.equals(before, after)) {
                        changes.add(new ExampleChange(example.name(), before, after));
                    }
                });
        return changes;
    }

    private static JsonNode answer(FormatPackage format, SignedExample example) {
        ObjectNode answer = StatementTree.of(example.mappedBy(format));
        for (JsonNode statement : answer.path(StatementTree.STATEMENTS)) {
            String rule = statement.path("rule").asText();
            ((ObjectNode) statement).put("rule", rule.substring(rule.indexOf('#') + 1));
        }
        return answer;
    }
}
