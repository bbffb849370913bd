package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Trees with one place changed; the tree itself stays as it is. */
final class Trees {
    private Trees() {}

    /** {@code tree} with {@code value} at {@code pointer}, where something stands. */
    static JsonNode replace(JsonNode tree, JsonPointer pointer, JsonNode value) {
        JsonNode changed = tree.deepCopy();
        switch (changed.at(pointer.head())) {
            case ObjectNode object -> object.set(pointer.last().getMatchingProperty(), value);
            case ArrayNode list -> list.set(pointer.last().getMatchingIndex(), value);
            default -> throw new IllegalArgumentException(pointer + " is not there");
        }
        return changed;
    }

    /** {@code tree} without what stands at {@code pointer}. */
    static JsonNode without(JsonNode tree, JsonPointer pointer) {
        JsonNode changed = tree.deepCopy();
        switch (changed.at(pointer.head())) {
            case ObjectNode object -> object.remove(pointer.last().getMatchingProperty());
            case ArrayNode list -> list.remove(pointer.last().getMatchingIndex());
            default -> throw new IllegalArgumentException(pointer + " is not there");
        }
        return changed;
    }
}
