package dev.hutong.registry.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the members of one JSON object, each once, and then makes sure that there were no others. Every method throws
 * {@link IllegalArgumentException}, with what is wrong, where a member is not what was asked for.
 */
final class JsonMembers {
    private final JsonNode object;
    private final String name;
    private final List<String> read = new ArrayList<>(8);

    private JsonMembers(JsonNode object, String name) {
        this.object = object;
        this.name = name;
    }

    /** @param name what the object is called where something is wrong with it */
    static JsonMembers of(JsonNode json, String name) {
        if (!json.isObject()) {
            throw new IllegalArgumentException(name + " is not a JSON object");
        }
        return new JsonMembers(json, name);
    }

    Optional<JsonNode> optional(String member) {
        JsonNode value = object.get(member);
        if (value != null) {
            read.add(member);
        }
        return Optional.ofNullable(value);
    }

    JsonNode required(String member) {
        return optional(member).orElseThrow(() -> fault(member, "is missing"));
    }

    String text(String member) {
        return text(member, required(member));
    }

    Optional<String> optionalText(String member) {
        return optional(member).map(node -> text(member, node));
    }

    private String text(String member, JsonNode node) {
        if (!node.isTextual()) {
            throw fault(member, "is not a text");
        }
        return node.textValue();
    }

    /** A text that has a further form of its own. */
    <T> T text(String member, Function<String, Optional<T>> parse, String form) {
        return parse.apply(text(member)).orElseThrow(() -> fault(member, "is not " + form));
    }

    JsonNode array(String member) {
        JsonNode node = required(member);
        if (!node.isArray()) {
            throw fault(member, "is not an array");
        }
        return node;
    }

    Set<String> texts(String member) {
        Set<String> texts = new HashSet<>();
        array(member).forEach(node -> texts.add(text(member, node)));
        return texts;
    }

    /** None where the member is missing. */
    Set<String> optionalTexts(String member) {
        return object.has(member) ? texts(member) : Set.of();
    }

    int integer(String member) {
        JsonNode node = required(member);
        if (!node.isInt()) {
            throw fault(member, "is not a whole number");
        }
        return node.intValue();
    }

    /** NumericDate of RFC 7519 §2, whole seconds. */
    Instant seconds(String member) {
        JsonNode node = required(member);
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < 0
                || node.longValue() > 253_402_300_799L) {
            throw fault(member, "is not a time in whole seconds since 1970");
        }
        return Instant.ofEpochSecond(node.longValue());
    }

    boolean flag(String member) {
        JsonNode node = required(member);
        if (!node.isBoolean()) {
            throw fault(member, "is not true or false");
        }
        return node.booleanValue();
    }

    Instant instant(String member) {
        return instant(member, text(member));
    }

    Optional<Instant> optionalInstant(String member) {
        return optionalText(member).map(text -> instant(member, text));
    }

    private Instant instant(String member, String text) {
        return Rfc3339.parse(text).orElseThrow(() -> fault(member, "is not a time such as 2026-01-05T08:00:00Z"));
    }

    Duration duration(String member) {
        try {
            return Duration.parse(text(member));
        } catch (DateTimeException malformed) {
            throw fault(member, "is not a duration such as PT48H");
        }
    }

    /** To be called last. */
    void noMore() {
        if (read.size() == object.size()) {
            return; // Each member is read once, so these are all.
        }
        object.fieldNames().forEachRemaining(member -> {
            if (!read.contains(member)) {
                throw fault(member, "is not one of its members");
            }
        });
    }

    IllegalArgumentException fault(String member, String fault) {
        return new IllegalArgumentException(name + ": " + member + " " + fault);
    }
}
