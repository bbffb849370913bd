package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A claim that a package declares, and where it stands.
 *
 * @param declaredAt in the package's file
 * @param path the name that rules know it by
 * @param steps the names to go by in a payload
 * @param declaration its {@code type} and the rest
 */
record ClaimPlace(JsonPointer declaredAt, String path, List<String> steps, JsonNode declaration) {

    /** The claims of one token, those inside objects and lists among them. */
    static List<ClaimPlace> under(JsonPointer claims, JsonNode document) {
        List<ClaimPlace> places = new ArrayList<>();
        collect(claims, "", List.of(), document.at(claims), places);
        return places;
    }

    private static void collect(
            JsonPointer at, String prefix, List<String> above, JsonNode claims, List<ClaimPlace> places) {
        for (Map.Entry<String, JsonNode> claim : claims.properties()) {
            JsonPointer here = at.appendProperty(claim.getKey());
            String path = prefix + claim.getKey();
            List<String> steps = new ArrayList<>(above);
            steps.add(claim.getKey());
            JsonNode declaration = claim.getValue();
            places.add(new ClaimPlace(here, path, List.copyOf(steps), declaration));
            String below = declaration.has("as") ? declaration.get("as").asText() : path;
            collect(here.appendProperty("members"), below + ".", steps, declaration.path("members"), places);
        }
    }

    String type() {
        return declaration.path("type").asText();
    }

    boolean isOptional() {
        return declaration.path("optional").asBoolean();
    }

    boolean isScalar() {
        return !declaration.has("members");
    }

    /** The payload with another value here, in one item where it stands in a list; empty where there is nothing for it to stand in. */
    Optional<JsonNode> set(JsonNode payload, JsonNode value, RandomGenerator random) {
        JsonNode changed = payload.deepCopy();
        return parent(changed, random).map(parent -> {
            parent.set(steps.getLast(), value);
            return changed;
        });
    }

    /** The payload without it; empty where it is not there. */
    Optional<JsonNode> remove(JsonNode payload, RandomGenerator random) {
        JsonNode changed = payload.deepCopy();
        return parent(changed, random)
                .filter(parent -> parent.remove(steps.getLast()) != null)
                .map(parent -> changed);
    }

    private Optional<ObjectNode> parent(JsonNode payload, RandomGenerator random) {
        JsonNode at = payload;
        for (String step : steps.subList(0, steps.size() - 1)) {
            if (at instanceof ObjectNode object && !object.has(step)) {
                object.set(step, JsonNodeFactory.instance.objectNode());
            }
            at = at.path(step);
            if (at.isArray() && !at.isEmpty()) {
                at = at.get(random.nextInt(at.size()));
            }
        }
        return at instanceof ObjectNode parent ? Optional.of(parent) : Optional.empty();
    }
}
