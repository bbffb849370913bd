package dev.hutong.registry.jose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) of which every reader has the same understanding: the I-JSON restrictions of RFC 7493 on encoding, surrogates
 * and member names, and bounds on nesting and numbers.
 *
 * <p>Refused beyond what the grammar refuses: malformed UTF-8 and a byte order mark; two members of one name in one object, at any
 * depth and however they are escaped; escapes that leave a surrogate alone; nesting deeper than {@value #MAX_NESTING}; numbers of
 * more than {@value #MAX_NUMBER_LENGTH} characters or beyond what a double can hold. {@code 1} is an integral node, {@code 1.0} and
 * {@code 1e3} are decimal ones.
 */
public final class StrictJson {
    /** How deep arrays and objects may stand in each other. */
    public static final int MAX_NESTING = 32;

    /** How many characters a number may have. */
    public static final int MAX_NUMBER_LENGTH = 64;

    private static final int MAX_NAME_LENGTH = 1024;

    /** The largest power of ten of a double is 308; beyond it readers disagree about the number. */
    private static final int MAX_EXPONENT = 308;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Names from strangers must not fill the JVM's table of interned strings.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .build())
            .build();

    private StrictJson() {}

    /** The one JSON text these octets are, or empty where they are not strictly one. Never throws on foreign octets. */
    public static Optional<JsonNode> read(byte[] utf8) {
        try {
            return Optional.of(parse(utf8));
        } catch (IOException refused) {
            return Optional.empty();
        }
    }

    /** What is wrong with these octets, in words for the person who wrote them; empty where {@link #read} reads them. */
    public static Optional<String> faultIn(byte[] utf8) {
        try {
            parse(utf8);
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.getOriginalMessage());
        } catch (StreamConstraintsException bounded) {
            return Optional.of("It nests deeper than " + MAX_NESTING + ", has a number of more than "
                    + MAX_NUMBER_LENGTH + " characters or a name of more than " + MAX_NAME_LENGTH + at(bounded));
        } catch (JsonEOFException cutOff) {
            return Optional.of("It ends too early" + at(cutOff));
        } catch (JsonProcessingException ungrammatical) {
            return Optional.of("It is not JSON (RFC 8259)" + at(ungrammatical));
        } catch (IOException unexpected) {
            return Optional.of("It cannot be read");
        }
    }

    /** The parser's own words are about its source and its settings, and so nothing for whoever wrote the text. */
    private static String at(JsonProcessingException refused) {
        JsonLocation location = refused.getLocation();
        return location == null ? "" : ", in line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static JsonNode parse(byte[] utf8) throws IOException {
        boolean escapes = checkOctets(utf8);
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            JsonNode node = value(parser, parser.nextToken(), escapes);
            if (parser.nextToken() != null) {
                throw new Refused("Something follows the JSON text");
            }
            return node;
        }
    }

    /**
     * Checks the encoding; true where the text holds a backslash, without which no surrogate can stand alone.
     *
     * <p>A zero octet is never part of JSON text, and it is all that Jackson's guess of UTF-16 or UTF-32 goes by.
     */
    private static boolean checkOctets(byte[] utf8) throws Refused {
        boolean escapes = false;
        boolean ascii = true;
        for (byte octet : utf8) {
            if (octet == 0) {
                throw new Refused("A zero octet is not JSON");
            }
            escapes |= octet == '\\';
            ascii &= octet > 0;
        }
        if (!ascii && !StrictUtf8.isWellFormed(utf8)) {
            throw new Refused("The text is not well-formed UTF-8");
        }
        if (utf8.length >= 3 && utf8[0] == (byte) 0xEF && utf8[1] == (byte) 0xBB && utf8[2] == (byte) 0xBF) {
            throw new Refused("The text begins with a byte order mark");
        }
        return escapes;
    }

    private static JsonNode value(JsonParser parser, @Nullable JsonToken token, boolean escapes) throws IOException {
        return switch (token) {
            case null -> throw new Refused("There is no JSON text");
            case START_OBJECT -> object(parser, escapes);
            case START_ARRAY -> array(parser, escapes);
            case VALUE_STRING -> NODES.textNode(checkSurrogates(parser.getText(), escapes));
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new Refused("A value is missing");
        };
    }

    private static JsonNode object(JsonParser parser, boolean escapes) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            checkSurrogates(name, escapes);
            JsonNode before = object.replace(name, value(parser, parser.nextToken(), escapes));
            if (before != null) {
                throw new Refused("The member \"" + name + "\" stands twice in one object");
            }
        }
        return object;
    }

    private static JsonNode array(JsonParser parser, boolean escapes) throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token, escapes));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static JsonNode decimal(JsonParser parser) throws IOException {
        try {
            BigDecimal number = parser.getDecimalValue();
            long exponent = (long) number.precision() - number.scale() - 1;
            if (Math.abs(exponent) <= MAX_EXPONENT) {
                return DecimalNode.valueOf(number);
            }
        } catch (NumberFormatException exponentBeyondInt) {
            // Jackson lets BigDecimal's own exception through.
        }
        throw new Refused("The number " + parser.getText() + " is out of range");
    }

    private static String checkSurrogates(String text, boolean escapes) throws Refused {
        if (escapes && !StrictUtf8.isEncodable(text)) {
            throw new Refused("A surrogate stands alone");
        }
        return text;
    }

    /** What only this class refuses; carries no stack, for it is made on the way of every malformed token. */
    private static final class Refused extends JsonProcessingException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
