package dev.hutong.mapping;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Reads this module's data: YAML into records, with unknown and repeated members, required ones that are empty, and empty ones of lists and maps refused. */
public final class Yaml {
    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .annotationIntrospector(new EmptyIsMissing())
            .build();

    /** A required member that is written without a value is as good as missing; so is what a list or a map holds. */
    private static final class EmptyIsMissing extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonSetter.Value findSetterInfo(Annotated member) {
            boolean required = member instanceof AnnotatedMember value && Boolean.TRUE.equals(hasRequiredMarker(value));
            JsonSetter.Value info = super.findSetterInfo(member).withContentNulls(Nulls.FAIL);
            return required ? info.withValueNulls(Nulls.FAIL) : info;
        }
    }

    private Yaml() {}

    /**
     * Reads a file.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException where it is not of that shape
     * @throws IOException where it cannot be read
     */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return readText(Files.readString(file), type);
    }

    private static <T> T readText(String text, Class<T> type) throws IOException {
        requireNoAlias(text);
        return MAPPER.readValue(text, type);
    }

    /** What is written once and meant twice would be read as the text of its name. */
    private static void requireNoAlias(String text) throws IOException {
        try (YAMLParser parser = (YAMLParser) MAPPER.getFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw new JsonParseException(parser, "an alias (*): write out what it stands for");
                }
            }
        }
    }

    /**
     * Reads what a file held.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException where it is not of that shape
     * @throws IOException where it is not UTF-8
     */
    public static <T> T read(byte[] utf8, Class<T> type) throws IOException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(utf8))
                .toString();
        return readText(text, type);
    }

    /**
     * Reads a tree as {@link #read} would read its file.
     *
     * @throws JsonProcessingException where it is not of that shape
     */
    public static <T> T convert(JsonNode tree, Class<T> type) throws JsonProcessingException {
        return MAPPER.treeToValue(tree, type);
    }

    /** Hands {@code use} a folder that travels with this module, be it in a jar or not. */
    public static <T> T withBundled(String folder, Function<Path, T> use) {
        try {
            URI uri = Objects.requireNonNull(Yaml.class.getResource(folder), folder)
                    .toURI();
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    return use.apply(jar.getPath(folder));
                }
            }
            return use.apply(Path.of(uri));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
