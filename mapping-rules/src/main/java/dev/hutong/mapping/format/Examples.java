package dev.hutong.mapping.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a format package says of itself by example: {@code examples.yaml} beside its {@code format.yaml}. The head of each file explains
 * its members.
 *
 * @param base claims that those of each {@code map} example are laid over
 * @param recognise what is scanned, and whether the format claims it
 * @param map what is signed, and what that means
 */
public record Examples(
        @JsonProperty(required = true) ObjectNode base,
        @JsonProperty(required = true) List<Scan> recognise,
        @JsonProperty(required = true) List<Mapping> map) {

    /** The file beside a package's {@value FormatVersions#DOCUMENT}. */
    public static final String FILE = "examples.yaml";

    /** Exactly one of {@code code} (text) and {@code bytes} (hexadecimal) is given. */
    public record Scan(
            @JsonProperty(required = true) String name,
            @Nullable String code,
            @Nullable String bytes,
            @JsonProperty(required = true) String is) {}

    public record Mapping(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String now,
            @Nullable String codeEnds,
            @Nullable JsonNode claims,
            @Nullable List<String> absent,
            @JsonProperty(required = true) Gives gives) {}

    /** Exactly one member is given. */
    public record Gives(@Nullable String refused, @Nullable List<ObjectNode> statements) {}

    /** Those of a package that travels with this module. */
    public static Examples of(FormatId format) {
        return Yaml.withBundled("/formats/" + format, folder -> {
            try {
                return Yaml.read(folder.resolve(FILE), Examples.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Those that this tree holds.
     *
     * @throws InvalidPackageException where it is not of that shape
     */
    public static Examples of(JsonNode document) {
        try {
            return Yaml.convert(document, Examples.class);
        } catch (JsonProcessingException e) {
            throw new InvalidPackageException(FILE + ": " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The whole payload of an example, as it would be on the wire.
     *
     * @throws IllegalArgumentException where {@code absent} names what is not there
     */
    public JsonNode payload(Mapping example) {
        ObjectNode payload = base.deepCopy();
        if (example.claims() instanceof ObjectNode claims) {
            lay(claims, payload);
        } else if (example.claims() != null) {
            return example.claims();
        }
        if (example.absent() != null) {
            example.absent().forEach(path -> remove(payload, path));
        }
        return payload;
    }

    private static void lay(ObjectNode over, ObjectNode under) {
        over.properties().forEach(member -> {
            if (member.getValue() instanceof ObjectNode above
                    && under.get(member.getKey()) instanceof ObjectNode below) {
                lay(above, below);
            } else {
                under.set(member.getKey(), member.getValue());
            }
        });
    }

    private static void remove(ObjectNode payload, String path) {
        int dot = path.lastIndexOf('.');
        JsonNode parent =
                dot < 0 ? payload : payload.at("/" + path.substring(0, dot).replace('.', '/'));
        if (!(parent instanceof ObjectNode object) || object.remove(path.substring(dot + 1)) == null) {
            throw new IllegalArgumentException("absent: there is no «" + path + "» to take away");
        }
    }
}
