package dev.hutong.hub.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One schema with what it refers to and all it joins by {@code allOf} laid together: everything in it holds at once. */
final class Shape {
    private static final List<String> BOUNDS = List.of(
            "pattern", "format", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems");

    /** What holds only under a condition is not taken apart: where it changes, somebody has to look at it. */
    private static final List<String> CONDITIONS =
            List.of("if", "then", "else", "not", "dependentRequired", "dependentSchemas");

    private static final Set<String> EVERY_TYPE =
            Set.of("null", "boolean", "object", "array", "string", "integer", "number");

    private final JsonNode document;
    private final Set<String> referred = new HashSet<>();

    /** The JSON types that a value may have. */
    Set<String> types = EVERY_TYPE;

    final Map<String, JsonNode> nameToProperty = new LinkedHashMap<>();
    final Set<String> required = new LinkedHashSet<>();
    final Set<JsonNode> values = new LinkedHashSet<>();
    boolean enumerated;

    /** Whether its reader was told that there will be more values. */
    boolean open;

    /** Whether members that it does not name are refused. */
    boolean closed;

    final Map<String, JsonNode> nameToBound = new TreeMap<>();
    final Map<String, JsonNode> nameToInner = new TreeMap<>();
    final Set<JsonNode> conditions = new LinkedHashSet<>();
    List<JsonNode> alternatives = List.of();

    private Shape(JsonNode document) {
        this.document = document;
    }

    static Shape of(JsonNode schema, JsonNode document) {
        Shape shape = new Shape(document);
        shape.add(schema);
        if (shape.enumerated) {
            shape.narrowToTypes(
                    shape.values.stream().map(Shape::typeOf).collect(Collectors.toCollection(HashSet::new)));
        }
        return shape;
    }

    private void add(JsonNode schema) {
        if (schema.has("$ref") && referred.add(schema.get("$ref").textValue())) {
            add(document.at(schema.get("$ref").textValue().substring(1)));
        }
        schema.path("allOf").forEach(this::add);
        addTypes(schema);
        addValues(schema);
        schema.path("properties").properties().forEach(entry -> addProperty(entry.getKey(), entry.getValue()));
        schema.path("required").forEach(name -> required.add(name.textValue()));
        closed |= isFalse(schema.path("additionalProperties")) || isFalse(schema.path("unevaluatedProperties"));
        BOUNDS.stream().filter(schema::has).forEach(name -> nameToBound.put(name, schema.get(name)));
        for (String name : List.of("items", "contentSchema", "additionalProperties")) {
            if (schema.path(name).isObject()) {
                nameToInner.put(name, schema.get(name));
            }
        }
        addCondition(schema);
        for (String name : List.of("oneOf", "anyOf")) {
            if (schema.has(name)) {
                alternatives = List.copyOf(schema.get(name).valueStream().toList());
            }
        }
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    private void addTypes(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isMissingNode()) {
            return;
        }
        Set<String> named = new HashSet<>();
        if (type.isArray()) {
            type.forEach(one -> named.add(one.textValue()));
        } else {
            named.add(type.textValue());
        }
        narrowToTypes(named);
    }

    private void narrowToTypes(Set<String> named) {
        if (named.contains("number")) {
            named.add("integer");
        }
        named.retainAll(types);
        types = named;
    }

    private static String typeOf(JsonNode value) {
        return value.isIntegralNumber() ? "integer" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private void addValues(JsonNode schema) {
        if (schema.has("enum")) {
            enumerated = true;
            schema.get("enum").forEach(values::add);
        }
        if (schema.has("const")) {
            enumerated = true;
            values.add(schema.get("const"));
        }
        open |= schema.path("x-open-enum").asBoolean();
    }

    private void addProperty(String name, JsonNode property) {
        nameToProperty.merge(name, property, (one, other) -> {
            ObjectNode both = JsonNodeFactory.instance.objectNode();
            both.putArray("allOf").add(one).add(other);
            return both;
        });
    }

    private void addCondition(JsonNode schema) {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        CONDITIONS.stream().filter(schema::has).forEach(name -> condition.set(name, schema.get(name)));
        if (!condition.isEmpty()) {
            conditions.add(condition);
        }
    }
}
