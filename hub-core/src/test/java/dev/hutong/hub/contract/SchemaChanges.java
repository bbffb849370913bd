package dev.hutong.hub.contract;

import static dev.hutong.hub.contract.Direction.REQUEST;
import static dev.hutong.hub.contract.Direction.RESPONSE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which changes between two schemas break somebody. */
final class SchemaChanges {
    private static final Set<String> LOWER_BOUNDS = Set.of("minimum", "minLength", "minItems");
    private static final Set<String> UPPER_BOUNDS = Set.of("maximum", "maxLength", "maxItems");

    private final JsonNode released;
    private final JsonNode current;
    private final Direction direction;
    private final Set<Pair> compared = new HashSet<>();
    private final List<String> breaks = new ArrayList<>();

    private record Pair(JsonNode before, JsonNode now) {}

    private SchemaChanges(JsonNode released, JsonNode current, Direction direction) {
        this.released = released;
        this.current = current;
        this.direction = direction;
    }

    /**
     * Those that break.
     *
     * @param where stands before each
     * @param released the document that {@code before} stands in
     * @param current the document that {@code now} stands in
     */
    static List<String> breaking(
            String where, JsonNode before, JsonNode now, Direction direction, JsonNode released, JsonNode current) {
        SchemaChanges changes = new SchemaChanges(released, current, direction);
        changes.compare(where, before, now);
        return changes.breaks;
    }

    /** What is written under the first schema must be readable under the second: that is all that either direction asks. */
    private void compare(String where, JsonNode before, JsonNode now) {
        if (!compared.add(new Pair(before, now))) {
            return;
        }
        Shape old = Shape.of(before, released);
        Shape young = Shape.of(now, current);
        compareTypes(where, old, young);
        compareValues(where, old, young);
        compareMembers(where, old, young);
        compareBounds(where, old, young);
        compareConditions(where, old, young);
        compareAlternatives(where, old, young);
        old.nameToInner.forEach((name, inner) -> {
            if (young.nameToInner.containsKey(name)) {
                compare(where + "/" + name, inner, young.nameToInner.get(name));
            } else if (direction == RESPONSE) {
                breaks.add(where + "/" + name + " may now be anything");
            }
        });
        if (direction == REQUEST) {
            lost(young.nameToInner.keySet(), old.nameToInner.keySet())
                    .forEach(name -> breaks.add(where + "/" + name + " may no longer be anything"));
        }
    }

    private void compareTypes(String where, Shape old, Shape young) {
        if (direction == REQUEST) {
            lost(old.types, young.types).forEach(type -> breaks.add(where + " may no longer be of type " + type));
        } else {
            lost(young.types, old.types).forEach(type -> breaks.add(where + " may now be of type " + type));
        }
    }

    private void compareValues(String where, Shape old, Shape young) {
        if (direction == REQUEST && young.enumerated) {
            if (!old.enumerated) {
                breaks.add(where + " may no longer be any value");
            }
            lost(old.values, young.values).forEach(value -> breaks.add(where + " may no longer be " + value));
        }
        if (direction == RESPONSE && old.enumerated && !old.open) {
            if (!young.enumerated) {
                breaks.add(where + " may now be any value");
            }
            lost(young.values, old.values).forEach(value -> breaks.add(where + " may now be " + value));
        }
    }

    /** A member more in an answer breaks nobody: whoever reads one ignores what it does not know, and the contract says so. */
    private void compareMembers(String where, Shape old, Shape young) {
        if (direction == REQUEST) {
            lost(young.required, old.required)
                    .forEach(name -> breaks.add(where + "/" + name + " is now required of the client"));
            if (young.closed && !old.closed) {
                breaks.add(where + " no longer takes members that it does not name");
            }
        } else {
            lost(old.required, young.required).forEach(name -> breaks.add(where + "/" + name + " may now be missing"));
        }
        old.nameToProperty.forEach((name, property) -> {
            JsonNode other = young.nameToProperty.get(name);
            if (other != null) {
                compare(where + "/" + name, property, other);
            } else if (direction == RESPONSE || young.closed) {
                breaks.add(where + "/" + name + " is gone");
            }
        });
    }

    private void compareBounds(String where, Shape old, Shape young) {
        Map<String, JsonNode> fewer = direction == REQUEST ? young.nameToBound : old.nameToBound;
        Map<String, JsonNode> more = direction == REQUEST ? old.nameToBound : young.nameToBound;
        fewer.forEach((name, bound) -> {
            if (!isWithin(name, more.get(name), bound)) {
                breaks.add(where + " has another " + name + ": " + old.nameToBound.get(name) + " became "
                        + young.nameToBound.get(name));
            }
        });
    }

    /** Whether all that keeps {@code one} keeps {@code bound}, too. */
    private static boolean isWithin(String name, @Nullable JsonNode one, JsonNode bound) {
        if (one == null) {
            return false;
        }
        if (LOWER_BOUNDS.contains(name)) {
            return one.asDouble() >= bound.asDouble();
        }
        return UPPER_BOUNDS.contains(name) ? one.asDouble() <= bound.asDouble() : Objects.equals(one, bound);
    }

    private void compareConditions(String where, Shape old, Shape young) {
        Collection<JsonNode> lost =
                direction == REQUEST ? lost(young.conditions, old.conditions) : lost(old.conditions, young.conditions);
        lost.forEach(condition -> breaks.add(where + " has other conditions: " + condition));
    }

    /** Each alternative of whoever writes needs one that whoever reads knows. */
    private void compareAlternatives(String where, Shape old, Shape young) {
        if (old.alternatives.isEmpty() && young.alternatives.isEmpty()) {
            return;
        }
        if (old.alternatives.isEmpty() || young.alternatives.isEmpty()) {
            if (direction == REQUEST ? old.alternatives.isEmpty() : young.alternatives.isEmpty()) {
                breaks.add(where + " has other alternatives");
            }
            return;
        }
        List<JsonNode> written = direction == REQUEST ? old.alternatives : young.alternatives;
        List<JsonNode> read = direction == REQUEST ? young.alternatives : old.alternatives;
        for (int i = 0; i < written.size(); i++) {
            JsonNode one = written.get(i);
            String alternative = where + "/" + i;
            List<List<String>> faults = read.stream()
                    .map(other -> direction == REQUEST
                            ? breaking(alternative, one, other, direction, released, current)
                            : breaking(alternative, other, one, direction, released, current))
                    .toList();
            if (faults.stream().noneMatch(List::isEmpty)) {
                breaks.addAll(faults.get(Math.min(i, faults.size() - 1)));
            }
        }
    }

    private static <T> Collection<T> lost(Collection<T> from, Collection<T> in) {
        Collection<T> lost =
                from.stream().allMatch(Comparable.class::isInstance) ? new TreeSet<>(from) : new HashSet<>(from);
        lost.removeAll(in);
        return lost;
    }
}
