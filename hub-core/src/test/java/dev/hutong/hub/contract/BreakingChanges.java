package dev.hutong.hub.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client of the released contract would stumble over under the current one. OpenAPI's own comparing library for Java does not see
 * changed types in OpenAPI 3.1 (openapi-diff, issues 528, 745 and 910), which is most of what there is to see; so the documents are compared here,
 * as JSON.
 */
public final class BreakingChanges {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonNode released;
    private final JsonNode current;
    private final List<String> breaks = new ArrayList<>();

    private BreakingChanges(JsonNode released, JsonNode current) {
        this.released = released;
        this.current = current;
    }

    /** Each in a line of its own; none where every client of the released contract goes on as before. */
    public static List<String> between(JsonNode released, JsonNode current) {
        BreakingChanges changes = new BreakingChanges(released, current);
        released.get("paths").properties().forEach(path -> changes.comparePath(path.getKey(), path.getValue()));
        return changes.breaks;
    }

    private void comparePath(String path, JsonNode before) {
        JsonNode now = current.get("paths").path(path);
        for (Map.Entry<String, JsonNode> entry : before.properties()) {
            if (METHODS.contains(entry.getKey())) {
                String name = entry.getKey().toUpperCase(Locale.ROOT) + " " + path;
                if (now.has(entry.getKey())) {
                    compareOperation(name, entry.getValue(), now.get(entry.getKey()));
                } else {
                    breaks.add(name + " is gone");
                }
            }
        }
    }

    private void compareOperation(String name, JsonNode before, JsonNode now) {
        if (!before.path("operationId").equals(now.path("operationId"))) {
            breaks.add(name + " is called otherwise: clients that were generated name their methods by operationId");
        }
        if (isFree(before, released) && !isFree(now, current)) {
            breaks.add(name + " now asks who the client is");
        }
        compareParameters(name, before, now);
        compareRequest(name, before.path("requestBody"), now.path("requestBody"));
        before.get("responses").properties().forEach(answer -> {
            JsonNode other = now.get("responses").path(answer.getKey());
            if (!other.isMissingNode()) {
                compareResponse(
                        name + " " + answer.getKey(), resolved(answer.getValue(), released), resolved(other, current));
            } else if (answer.getKey().startsWith("2")) {
                breaks.add(name + " no longer answers " + answer.getKey());
            }
        });
    }

    /** Whether it can be asked without proving who asks. */
    private static boolean isFree(JsonNode operation, JsonNode document) {
        JsonNode security = operation.has("security") ? operation.get("security") : document.path("security");
        return security.isEmpty() || security.valueStream().anyMatch(JsonNode::isEmpty);
    }

    private void compareParameters(String name, JsonNode before, JsonNode now) {
        for (JsonNode reference : before.path("parameters")) {
            JsonNode parameter = resolved(reference, released);
            String where = name + " parameter " + parameter.get("name").textValue();
            parameterLike(parameter, now)
                    .ifPresentOrElse(
                            other -> breaks.addAll(SchemaChanges.breaking(
                                    where,
                                    parameter.get("schema"),
                                    other.get("schema"),
                                    Direction.REQUEST,
                                    released,
                                    current)),
                            () -> breaks.add(where + " is gone"));
        }
        for (JsonNode reference : now.path("parameters")) {
            JsonNode parameter = resolved(reference, current);
            boolean was = before.path("parameters")
                    .valueStream()
                    .map(one -> resolved(one, released))
                    .anyMatch(one ->
                            isSame(one, parameter) && one.path("required").asBoolean());
            if (parameter.path("required").asBoolean() && !was) {
                breaks.add(name + " parameter " + parameter.get("name").textValue() + " is now required of the client");
            }
        }
    }

    private Optional<JsonNode> parameterLike(JsonNode parameter, JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .map(one -> resolved(one, current))
                .filter(one -> isSame(one, parameter))
                .findFirst();
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        return one.get("name").equals(other.get("name")) && one.get("in").equals(other.get("in"));
    }

    private void compareRequest(String name, JsonNode before, JsonNode now) {
        JsonNode old = resolved(before, released);
        JsonNode young = resolved(now, current);
        if (young.path("required").asBoolean() && !old.path("required").asBoolean()) {
            breaks.add(name + " now requires a body");
        }
        compareContent(name + " request", old, young, Direction.REQUEST);
    }

    private void compareResponse(String where, JsonNode before, JsonNode now) {
        compareContent(where, before, now, Direction.RESPONSE);
        before.path("headers").properties().forEach(entry -> {
            JsonNode header = resolved(entry.getValue(), released);
            JsonNode other = resolved(now.path("headers").path(entry.getKey()), current);
            String name = where + " header " + entry.getKey();
            if (other.isMissingNode()) {
                breaks.add(name + " is gone");
                return;
            }
            if (header.path("required").asBoolean() && !other.path("required").asBoolean()) {
                breaks.add(name + " may now be missing");
            }
            breaks.addAll(SchemaChanges.breaking(
                    name, header.get("schema"), other.get("schema"), Direction.RESPONSE, released, current));
        });
    }

    private void compareContent(String where, JsonNode before, JsonNode now, Direction direction) {
        before.path("content").properties().forEach(entry -> {
            String name = where + " " + entry.getKey();
            JsonNode other = now.path("content").path(entry.getKey());
            if (other.isMissingNode()) {
                breaks.add(name + " is gone");
            } else {
                breaks.addAll(SchemaChanges.breaking(
                        name, entry.getValue().path("schema"), other.path("schema"), direction, released, current));
            }
        });
    }

    private static JsonNode resolved(JsonNode node, JsonNode document) {
        return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }
}
