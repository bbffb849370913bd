package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;

/** Foreign text as it is shown to whoever decides by it: nothing in it can move the cursor, turn the direction of writing, or hide. */
final class Shown {
    private Shown() {}

    /** The text with an escape in place of every character that is not seen. */
    static String line(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.PRIVATE_USE,
                        Character.SURROGATE,
                        Character.UNASSIGNED -> shown.append("\\u{%x}".formatted(c));
                default -> shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /** The text with a full stop, unless it ends in one. */
    static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /** All members of an object, each in a line of its own, those of inner objects further to the right. */
    static void members(JsonNode object, String indent, PrintWriter out) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            member(member.getKey(), member.getValue(), indent, out);
        }
    }

    private static void member(String name, JsonNode value, String indent, PrintWriter out) {
        if (value.isContainerNode() && !value.isEmpty()) {
            out.println(indent + line(name));
            if (value.isObject()) {
                members(value, indent + "  ", out);
            } else {
                value.forEach(item -> member("-", item, indent + "  ", out));
            }
        } else {
            String text = name.equals("iat") && value.canConvertToLong()
                    ? Instant.ofEpochSecond(value.longValue()).toString()
                    : value.asText();
            out.println(indent + line(name) + "  " + line(text));
        }
    }
}
