package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads members of foreign JSON objects. Each method throws {@link MalformedException} where the member is not what was asked for; members
 * that nobody asks for are left alone, since a later version may have more.
 */
final class Members {
    /** The last second of the year 9999, as RFC 3339 can write it. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private Members() {}

    /** Something foreign is not what it should be; the message says what. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String why) {
            super(why);
        }
    }

    static JsonNode required(JsonNode object, String member) throws MalformedException {
        JsonNode node = object.path(member);
        if (node.isMissingNode()) {
            throw fault(member, "is missing");
        }
        return node;
    }

    static JsonNode object(JsonNode object, String member) throws MalformedException {
        JsonNode node = required(object, member);
        if (!node.isObject()) {
            throw fault(member, "is not an object");
        }
        return node;
    }

    static JsonNode array(JsonNode object, String member) throws MalformedException {
        JsonNode node = required(object, member);
        if (!node.isArray()) {
            throw fault(member, "is not an array");
        }
        return node;
    }

    static String text(JsonNode object, String member) throws MalformedException {
        JsonNode node = required(object, member);
        if (!node.isTextual()) {
            throw fault(member, "is not a text");
        }
        return node.textValue();
    }

    /** Empty where the member is null; it is never missing. */
    static Optional<String> optionalText(JsonNode object, String member) throws MalformedException {
        return required(object, member).isNull() ? Optional.empty() : Optional.of(text(object, member));
    }

    static boolean flag(JsonNode object, String member) throws MalformedException {
        JsonNode node = required(object, member);
        if (!node.isBoolean()) {
            throw fault(member, "is not true or false");
        }
        return node.booleanValue();
    }

    /** A whole number from 0. */
    static long count(JsonNode object, String member) throws MalformedException {
        JsonNode node = required(object, member);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw fault(member, "is not a whole number from 0");
        }
        return node.longValue();
    }

    /** NumericDate of RFC 7519 §2, whole seconds. */
    static Instant seconds(JsonNode object, String member) throws MalformedException {
        long seconds = count(object, member);
        if (seconds > LAST_SECOND) {
            throw fault(member, "is not a time in seconds since 1970");
        }
        return Instant.ofEpochSecond(seconds);
    }

    static Instant instant(JsonNode object, String member) throws MalformedException {
        return instantOf(member, text(object, member));
    }

    static Optional<Instant> optionalInstant(JsonNode object, String member) throws MalformedException {
        Optional<String> text = optionalText(object, member);
        return text.isEmpty() ? Optional.empty() : Optional.of(instantOf(member, text.get()));
    }

    static <E extends Enum<E>> E constant(JsonNode object, String member, Class<E> type) throws MalformedException {
        String text = text(object, member);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> fault(member, "is none of " + Arrays.toString(type.getEnumConstants())));
    }

    static MalformedException fault(String member, String fault) {
        return new MalformedException("«" + member + "» " + fault);
    }

    private static Instant instantOf(String member, String text) throws MalformedException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw fault(member, "is not a time such as 2026-01-05T08:00:00Z");
        }
    }
}
