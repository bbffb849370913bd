package dev.hutong.mapping.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Payloads that nobody wrote: those of the examples with some claims exchanged for values of the package's own tables and expressions, for
 * the greatest and least of their type, for times around the decision's, or for nothing. The same package and seed give the same ones.
 */
final class GeneratedClaims {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(BEIJING);
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(BEIJING);

    /** A year that every calendar can write. */
    private static final long FAR_MILLIS = 200_000_000_000_000L;

    /** Distances from the decision's time, in seconds: what periods of validity are made of. */
    private static final List<Long> DISTANCES = List.of(
            0L,
            1L,
            59L,
            60L,
            61L,
            300L,
            600L,
            3_600L,
            21_600L,
            43_200L,
            86_399L,
            86_400L,
            86_401L,
            259_200L,
            604_800L,
            1_209_600L,
            2_592_000L);

    private static final List<String> READINGS = List.of("36.5", "37.2", "37.3", "39.0", "36,5", "?", "");

    private final List<SignedExample> examples;
    private final List<ClaimPlace> places;
    private final List<String> texts;
    private final List<Long> numbers;
    private final Random random;

    GeneratedClaims(JsonNode document, List<ClaimPlace> places, List<SignedExample> examples, long seed) {
        this.examples = examples;
        this.places = places.stream().filter(ClaimPlace::isScalar).toList();
        this.random = new Random(seed);
        Set<String> texts = new TreeSet<>(List.of("", "?", "-1", "0", "12", "99999999999999999999"));
        collectTexts(document.path("statements"), texts);
        Set<Long> numbers = new LinkedHashSet<>(List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
        for (ExpressionSite site : ExpressionSite.of(document)) {
            ExpressionTree.of(site.source()).stream()
                    .flatMap(tree -> tree.constants().stream())
                    .forEach(constant -> {
                        switch (constant) {
                            case String text -> texts.add(text);
                            case Long number -> numbers.addAll(List.of(number - 1, number, number + 1));
                            default -> {}
                        }
                    });
        }
        texts.stream()
                .filter(text -> text.matches("-?[0-9]{1,18}"))
                .map(Long::parseLong)
                .forEach(numbers::add);
        this.texts = List.copyOf(texts);
        this.numbers = List.copyOf(numbers);
    }

    /** States, and what tables translate: the keys and short texts of the package. */
    private static void collectTexts(JsonNode node, Set<String> texts) {
        node.properties().forEach(member -> {
            texts.add(member.getKey());
            collectTexts(member.getValue(), texts);
        });
        node.elements().forEachRemaining(item -> collectTexts(item, texts));
        if (node.isTextual() && node.textValue().length() <= 16) {
            texts.add(node.textValue());
        }
    }

    /** So many payloads, none of them an example's own unless by chance. */
    Stream<SignedExample> take(int count) {
        return Stream.generate(this::next).limit(count);
    }

    private SignedExample next() {
        SignedExample example = examples.get(random.nextInt(examples.size()));
        JsonNode payload = example.payload();
        int exchanged = places.isEmpty() ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < exchanged; i++) {
            ClaimPlace place = places.get(random.nextInt(places.size()));
            Optional<JsonNode> changed = place.isOptional() && random.nextInt(3) == 0
                    ? place.remove(payload, random)
                    : place.set(payload, value(place, example.now()), random);
            payload = changed.orElse(payload);
        }
        return example.with(payload);
    }

    private JsonNode value(ClaimPlace place, Instant now) {
        JsonNode table = place.declaration().path("oneOf");
        if (!table.isEmpty() && random.nextInt(4) > 0) {
            return ofType(place.type(), table.get(random.nextInt(table.size())).asText());
        }
        return switch (place.type()) {
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "integer" -> JSON.numberNode(pick(numbers));
            case "reading" -> JSON.textNode(random.nextInt(3) == 0 ? pick(texts) : pick(READINGS));
            case "seconds", "milliseconds", "date", "local-time" -> time(place.type(), now);
            default -> JSON.textNode(pick(texts));
        };
    }

    private static JsonNode ofType(String type, String value) {
        return type.equals("integer") && value.matches("-?[0-9]{1,18}")
                ? JSON.numberNode(Long.parseLong(value))
                : JSON.textNode(value);
    }

    private JsonNode time(String type, Instant now) {
        int far = random.nextInt(12);
        long millis = switch (far) {
            case 0 -> 0;
            case 1 -> FAR_MILLIS;
            case 2 -> -FAR_MILLIS / 10;
            default -> now.toEpochMilli() + (random.nextInt(4) == 0 ? 1 : -1) * pick(DISTANCES) * 1_000;
        };
        Instant instant = Instant.ofEpochMilli(millis);
        return switch (type) {
            case "seconds" -> JSON.numberNode(Math.floorDiv(millis, 1_000L));
            case "milliseconds" -> JSON.numberNode(far == 3 ? (1L << 62) - 1 : far == 4 ? 1 - (1L << 62) : millis);
            case "date" -> JSON.textNode(DAY.format(instant));
            default -> JSON.textNode(LOCAL.format(instant));
        };
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Any text that no table and no expression of the package knows. */
    String unknown() {
        List<String> known = new ArrayList<>(texts);
        String unknown = "987654321";
        while (known.contains(unknown)) {
            unknown += "7";
        }
        return unknown;
    }

    Random random() {
        return random;
    }
}
