package dev.hutong.conformance.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills the placeholders of a data file at one instant.
 *
 * <table>
 * <caption>Placeholders</caption>
 * <tr><td>{@code ${seconds:now-30h}}</td><td>NumericDate, a whole number where it is the whole value</td></tr>
 * <tr><td>{@code ${millis:now-8d}}</td><td>the same in milliseconds</td></tr>
 * <tr><td>{@code ${local:now-2h}}</td><td>{@code yyyy-MM-dd HH:mm:ss}, Beijing time</td></tr>
 * <tr><td>{@code ${compact:now+5m}}</td><td>{@code yyyyMMddHHmmss}, Beijing time</td></tr>
 * <tr><td>{@code ${date:now-1d}}</td><td>{@code yyyy-MM-dd}, Beijing time</td></tr>
 * <tr><td>{@code ${hex:32}}, {@code ${HEX:32}}, {@code ${alnum:17}}</td><td>that many random characters</td></tr>
 * <tr><td>{@code ${name}}</td><td>a value given by {@link #with}, of whatever type it has</td></tr>
 * <tr><td>{@code ${text:name}}</td><td>such a value as JSON text</td></tr>
 * </table>
 *
 * <p>A time is {@code now} and any number of terms of a sign, a whole number and one of {@code s m h d}. Immutable.
 */
public final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z]+)(?::([^}]*))?}");
    private static final Pattern TERM = Pattern.compile("([+-])(\\d{1,9})([smhd])");
    private static final Pattern TIME = Pattern.compile("now(?:[+-]\\d{1,9}[smhd])*");
    private static final String LOWER_HEX = "0123456789abcdef";
    private static final String UPPER_HEX = "0123456789ABCDEF";
    private static final String ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(BEIJING);
    private static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(BEIJING);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(BEIJING);

    private final Instant now;
    private final RandomGenerator random;
    private final Map<String, JsonNode> nameToValue;

    /**
     * Placeholders without named values.
     *
     * @param now the one instant every time is relative to
     * @param random where {@code hex} and its like come from
     */
    public Placeholders(Instant now, RandomGenerator random) {
        this(now, random, Map.of());
    }

    private Placeholders(Instant now, RandomGenerator random, Map<String, JsonNode> nameToValue) {
        this.now = now;
        this.random = random;
        this.nameToValue = nameToValue;
    }

    /** The same placeholders with one named value more. */
    public Placeholders with(String name, JsonNode value) {
        var more = new HashMap<>(nameToValue);
        more.put(name, value);
        return new Placeholders(now, random, Map.copyOf(more));
    }

    /** The same placeholders with one named text more. */
    public Placeholders with(String name, String value) {
        return with(name, TextNode.valueOf(value));
    }

    /**
     * A copy of the tree in which every text is filled; a text that is one single placeholder takes the type of what it stands for.
     *
     * @throws IllegalArgumentException if a placeholder is unknown or ill-formed
     */
    public JsonNode fill(JsonNode tree) {
        return switch (tree) {
            case ObjectNode object -> {
                ObjectNode filled = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(member -> filled.set(member.getKey(), fill(member.getValue())));
                yield filled;
            }
            case ArrayNode array -> {
                ArrayNode filled = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> filled.add(fill(element)));
                yield filled;
            }
            case TextNode text -> scalar(text.textValue());
            default -> tree;
        };
    }

    /**
     * The text with every placeholder filled.
     *
     * @throws IllegalArgumentException if a placeholder is unknown or ill-formed
     */
    public String fill(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        value(found.group(1), found.group(2), found.group()).asText()));
    }

    private JsonNode scalar(String text) {
        Matcher whole = PLACEHOLDER.matcher(text);
        return whole.matches() ? value(whole.group(1), whole.group(2), text) : TextNode.valueOf(fill(text));
    }

    private JsonNode value(String name, @Nullable String argument, String placeholder) {
        if (argument == null) {
            return named(name, placeholder);
        }
        return switch (name) {
            case "seconds" -> LongNode.valueOf(time(argument, placeholder).getEpochSecond());
            case "millis" -> LongNode.valueOf(time(argument, placeholder).toEpochMilli());
            case "local" -> TextNode.valueOf(LOCAL.format(time(argument, placeholder)));
            case "compact" -> TextNode.valueOf(COMPACT.format(time(argument, placeholder)));
            case "date" -> TextNode.valueOf(DATE.format(time(argument, placeholder)));
            case "hex" -> TextNode.valueOf(characters(LOWER_HEX, argument));
            case "HEX" -> TextNode.valueOf(characters(UPPER_HEX, argument));
            case "alnum" -> TextNode.valueOf(characters(ALPHANUMERIC, argument));
            case "text" -> TextNode.valueOf(named(argument, placeholder).toString());
            default -> throw new IllegalArgumentException("no such placeholder: " + placeholder);
        };
    }

    private JsonNode named(String name, String placeholder) {
        JsonNode value = nameToValue.get(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing is named in " + placeholder);
        }
        return value;
    }

    private Instant time(String expression, String placeholder) {
        if (!TIME.matcher(expression).matches()) {
            throw new IllegalArgumentException("not a time relative to now: " + placeholder);
        }
        Instant time = now;
        for (Matcher term = TERM.matcher(expression); term.find(); ) {
            Duration distance =
                    duration(Long.parseLong(term.group(2)), term.group(3).charAt(0));
            time = term.group(1).equals("+") ? time.plus(distance) : time.minus(distance);
        }
        return time;
    }

    private static Duration duration(long amount, char unit) {
        return switch (unit) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private String characters(String alphabet, String count) {
        var characters = new StringBuilder();
        for (int left = Integer.parseInt(count); left > 0; left--) {
            characters.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return characters.toString();
    }
}
