package dev.hutong.mapping;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
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
        try (var reader = Files.newBufferedReader(file)) {
            return MAPPER.readValue(reader, type);
        }
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
