package dev.hutong.mapping.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/** The type a claim has on the wire. Scalars become text, whole numbers, booleans, or times in milliseconds since 1970 (UTC). */
public enum ClaimKind {
    /** Text as it stands. */
    @JsonProperty("text")
    TEXT,
    /** Text that people typed: literal quotes around it and the word {@code null} are taken away. */
    @JsonProperty("words")
    WORDS,
    /** A state: text, or anything else, which then is no known state. */
    @JsonProperty("state")
    STATE,
    /** A reading whose type the platforms do not agree on: text, or a number, kept as it was written; anything else cannot be read. */
    @JsonProperty("reading")
    READING,
    /** A whole number of 64 bits. */
    @JsonProperty("integer")
    INTEGER,
    /** True or false. */
    @JsonProperty("boolean")
    BOOLEAN,
    /** A NumericDate (RFC 7519 §2), in whole seconds. */
    @JsonProperty("seconds")
    SECONDS,
    /** A time in whole milliseconds since 1970 (UTC). */
    @JsonProperty("milliseconds")
    MILLISECONDS,
    /** {@code yyyy-MM-dd} in Beijing: the instant at which that day began there. */
    @JsonProperty("date")
    DATE,
    /** {@code yyyy-MM-dd HH:mm:ss} in Beijing. */
    @JsonProperty("local-time")
    LOCAL_TIME,
    /** An object with members of its own. */
    @JsonProperty("object")
    OBJECT,
    /** A list of objects. */
    @JsonProperty("list")
    LIST;

    /** What a reading says that is neither text nor a number. */
    private static final String UNREADABLE = "?";

    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    /** No time lies farther from 1970, so that the difference of two never overflows 64 bits. */
    private static final long FARTHEST_MILLIS = (1L << 62) - 1;

    /** The value in {@code node}, or null where it is not of this kind. Objects and lists are not scalars and not read here. */
    @Nullable
    Object read(JsonNode node) {
        return switch (this) {
            case TEXT -> node.isTextual() ? node.textValue() : null;
            case WORDS -> node.isTextual() ? clean(node.textValue()) : null;
            case STATE -> node.isTextual() ? node.textValue() : "";
            case READING -> node.isTextual() ? node.textValue() : node.isNumber() ? node.toString() : UNREADABLE;
            case INTEGER -> node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
            case BOOLEAN -> node.isBoolean() ? node.booleanValue() : null;
            case SECONDS -> wholeNumber(node, FARTHEST_MILLIS / 1000, 1000);
            case MILLISECONDS -> wholeNumber(node, FARTHEST_MILLIS, 1);
            case DATE -> node.isTextual() ? day(node.textValue()) : null;
            case LOCAL_TIME -> node.isTextual() ? localTime(node.textValue()) : null;
            case OBJECT, LIST -> throw new IllegalStateException(this + " is not a scalar");
        };
    }

    /** What a rule sees where an optional claim of this kind is missing. */
    Object absent() {
        return switch (this) {
            case TEXT, WORDS, STATE, READING -> "";
            case BOOLEAN -> false;
            case INTEGER, SECONDS, MILLISECONDS, DATE, LOCAL_TIME -> 0L;
            case OBJECT, LIST -> throw new IllegalStateException(this + " is not a scalar");
        };
    }

    /**
     * A value as this kind has it on the wire, or null where it cannot hold it. What is written is read as the same value, as far as the
     * kind is precise enough.
     *
     * @param value an {@link Instant}, or anything else as its text
     */
    @Nullable
    JsonNode write(Object value) {
        return value instanceof Instant time ? writeTime(time) : writeText(value.toString());
    }

    private @Nullable JsonNode writeTime(Instant time) {
        return switch (this) {
            case SECONDS -> LongNode.valueOf(time.getEpochSecond());
            case MILLISECONDS -> LongNode.valueOf(time.toEpochMilli());
            case DATE -> TextNode.valueOf(DAY.format(time.atOffset(BEIJING)));
            case LOCAL_TIME -> TextNode.valueOf(LOCAL.format(time.atOffset(BEIJING)));
            case TEXT, WORDS, STATE, READING, INTEGER, BOOLEAN, OBJECT, LIST -> null;
        };
    }

    private @Nullable JsonNode writeText(String text) {
        return switch (this) {
            case TEXT, WORDS, STATE, READING -> TextNode.valueOf(text);
            case INTEGER -> text.matches("-?[0-9]{1,18}") ? LongNode.valueOf(Long.parseLong(text)) : null;
            case BOOLEAN ->
                text.equals("true") || text.equals("false") ? BooleanNode.valueOf(text.equals("true")) : null;
            case SECONDS, MILLISECONDS, DATE, LOCAL_TIME, OBJECT, LIST -> null;
        };
    }

    boolean isScalar() {
        return this != OBJECT && this != LIST;
    }

    private static @Nullable Long wholeNumber(JsonNode node, long farthest, long toMillis) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            return null;
        }
        long value = node.longValue();
        return value >= -farthest && value <= farthest ? value * toMillis : null;
    }

    private static @Nullable Long day(String text) {
        if (text.length()
                != "yyyy-MM-dd".length()) { // Java would read years of more digits, even such as no long can hold
            return null;
        }
        try {
            return LocalDate.parse(text, DAY).atStartOfDay(BEIJING).toInstant().toEpochMilli();
        } catch (DateTimeException notADay) {
            return null;
        }
    }

    private static @Nullable Long localTime(String text) {
        if (text.length() != "yyyy-MM-dd HH:mm:ss".length()) {
            return null;
        }
        try {
            return LocalDateTime.parse(text, LOCAL).toInstant(BEIJING).toEpochMilli();
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static String clean(String text) {
        String words = text.strip();
        while (words.length() >= 2 && isQuote(words.charAt(0)) && isQuote(words.charAt(words.length() - 1))) {
            words = words.substring(1, words.length() - 1).strip();
        }
        return words.equals("null") || (words.length() == 1 && isQuote(words.charAt(0))) ? "" : words;
    }

    private static boolean isQuote(char c) {
        return "\"'“”‘’".indexOf(c) >= 0;
    }
}
