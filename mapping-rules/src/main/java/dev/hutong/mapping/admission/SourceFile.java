package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of a package as a tree, and the line on which each of its members stands.
 *
 * @param name the file's name, as findings tell it
 * @param tree what it holds
 * @param pointerToLine from 1
 */
record SourceFile(String name, JsonNode tree, Map<JsonPointer, Integer> pointerToLine) {
    /** Far more than any package needs: the longest that travels with the hub has a fifth of it. */
    static final int LONGEST = 256 * 1024;

    private static final YAMLFactory YAML = new YAMLFactory();
    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A file that is no tree. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        Unreadable(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }

        /** What was found, in one line. */
        String what() {
            return String.valueOf(getMessage()).lines().findFirst().orElse("");
        }
    }

    static SourceFile read(Path file) throws Unreadable {
        try {
            requireFit(Files.size(file));
            return of(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Unreadable(1, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** @param octets what the file holds, or null where there is none */
    static SourceFile of(String name, byte @Nullable [] octets) throws Unreadable {
        if (octets == null) {
            throw new Unreadable(1, "is missing");
        }
        requireFit(octets.length);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            Map<JsonPointer, Integer> lines = lines(text);
            JsonNode tree = MAPPER.readTree(text);
            if (!tree.isObject()) {
                throw new Unreadable(1, "holds no members");
            }
            return new SourceFile(name, tree, lines);
        } catch (JsonProcessingException e) {
            throw new Unreadable(
                    e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr()), e.getOriginalMessage());
        } catch (CharacterCodingException e) {
            throw new Unreadable(1, "is not UTF-8");
        } catch (IOException e) {
            throw new Unreadable(1, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static void requireFit(long octets) throws Unreadable {
        if (octets > LONGEST) {
            throw new Unreadable(1, "longer than " + LONGEST + " bytes");
        }
    }

    /** The line of the member at {@code pointer}, or of what it would stand in. */
    int line(JsonPointer pointer) {
        for (JsonPointer at = pointer; at != null; at = at.head()) {
            Integer line = pointerToLine.get(at);
            if (line != null) {
                return line;
            }
        }
        return 1;
    }

    int line(String pointer) {
        return line(JsonPointer.compile(pointer));
    }

    /** What is written once and meant twice would be read as a text here, and a reader of the file could not tell: it is refused. */
    private static Map<JsonPointer, Integer> lines(String text) throws IOException, Unreadable {
        Map<JsonPointer, Integer> lines = new HashMap<>();
        try (YAMLParser parser = YAML.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int line = Math.max(1, parser.currentTokenLocation().getLineNr());
                if (parser.isCurrentAlias()) {
                    throw new Unreadable(line, "an alias (*): write out what it stands for");
                }
                lines.putIfAbsent(parser.getParsingContext().pathAsPointer(), line);
            }
        }
        return lines;
    }
}
