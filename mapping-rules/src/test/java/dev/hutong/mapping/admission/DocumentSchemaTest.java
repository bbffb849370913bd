package dev.hutong.mapping.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.InvalidPackageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The JSON Schemas and what loads the documents agree. */
class DocumentSchemaTest {
    private static final Map<String, Schema> NAME_TO_SCHEMA = new ConcurrentHashMap<>();
    private static final List<Path> PACKAGES = files(Path.of("formats"), "format.yaml");

    @TestFactory
    Stream<DynamicTest> everyBundledFileIsAsItsSchemaSays() {
        return Stream.of(
                        valid("format-package", PACKAGES),
                        valid("examples", files(Path.of("formats"), "examples.yaml")),
                        valid(
                                "policy",
                                files(Path.of("policies"), ".yaml").stream()
                                        .filter(file -> !file.toString().endsWith(".examples.yaml"))
                                        .toList()))
                .flatMap(tests -> tests);
    }

    private static Stream<DynamicTest> valid(String schema, List<Path> files) {
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file -> dynamicTest(file.toString(), () -> {
                    assertThat(errors(schema, yaml(file))).isEmpty();
                    assertThat(Files.readString(file))
                            .as("an editor finds the schema")
                            .startsWith("# yaml-language-server: $schema=");
                    String named = Files.readString(file)
                            .lines()
                            .findFirst()
                            .orElseThrow()
                            .replace("# yaml-language-server: $schema=", "");
                    assertThat(file.resolveSibling(named).normalize())
                            .isEqualTo(Path.of("schema", schema + ".schema.json"));
                }));
    }

    /** Each member left out, made an empty list, and joined by one that nobody knows: where the schema refuses, loading refuses, and the other way round. */
    @TestFactory
    Stream<DynamicTest> whatTheSchemaRefusesIsRefusedWhenLoadedAndTheOtherWayRound() {
        return PACKAGES.stream()
                .map(file -> dynamicTest(file.toString(), () -> {
                    JsonNode whole = yaml(file);
                    List<String> disagreements = new ArrayList<>();
                    for (JsonPointer at : members(whole, JsonPointer.empty())) {
                        compare("without " + at, Trees.without(whole, at), disagreements);
                        compare(
                                "a list at " + at,
                                Trees.replace(whole, at, JsonNodeFactory.instance.arrayNode()),
                                disagreements);
                        if (whole.at(at) instanceof ObjectNode object && !isMap(at)) {
                            compare(
                                    "more at " + at,
                                    Trees.replace(whole, at, object.deepCopy().put("whatever", 1)),
                                    disagreements);
                        }
                    }
                    assertThat(disagreements).isEmpty();
                }));
    }

    @Test
    void everyReasonRiskAndQualifierCanBeWritten() {
        JsonNode definitions =
                json(Path.of("schema", "format-package.schema.json")).at("/$defs");
        assertThat(definitions.at("/reason/enum")).extracting(JsonNode::asText).containsExactly(names(Reason.values()));
        assertThat(definitions.at("/qualifier/enum"))
                .extracting(JsonNode::asText)
                .containsExactly(names(Qualifier.values()));
        assertThat(definitions.at("/risk/enum")).extracting(JsonNode::asText).containsExactly(names(Risk.values()));
    }

    private static String[] names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).toArray(String[]::new);
    }

    /** Whose members are names of the author's. */
    private static boolean isMap(JsonPointer at) {
        return List.of("claims", "members", "request", "requestForBytes", "newest", "table", "refused", "evidence")
                .contains(at.last().getMatchingProperty());
    }

    /** What is loaded may know more: that a name is declared, that ends are enough. What it takes, the schema takes. */
    private static void compare(String change, JsonNode document, List<String> disagreements) {
        boolean schemaTakes = errors("format-package", document).isEmpty();
        boolean loads = loads(document);
        if (loads && !schemaTakes) {
            disagreements.add(change + ": loads, but the schema says " + errors("format-package", document));
        }
        if (!loads && schemaTakes && !isBeyondASchema(document)) {
            disagreements.add(change + ": the schema takes it, but it does not load");
        }
    }

    private static boolean isBeyondASchema(JsonNode document) {
        try {
            FormatPackage.of(document, SkeletonFolder.REGIONS);
            return false;
        } catch (InvalidPackageException e) {
            return !(e.getCause() instanceof JsonProcessingException);
        }
    }

    private static boolean loads(JsonNode document) {
        try {
            FormatPackage.of(document, SkeletonFolder.REGIONS);
            return true;
        } catch (InvalidPackageException e) {
            return false;
        }
    }

    private static List<JsonPointer> members(JsonNode node, JsonPointer at) {
        List<JsonPointer> members = new ArrayList<>();
        node.properties().forEach(member -> {
            JsonPointer below = at.appendProperty(member.getKey());
            members.add(below);
            members.addAll(members(member.getValue(), below));
        });
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                members.addAll(members(node.get(i), at.appendIndex(i)));
            }
        }
        return members;
    }

    private static List<String> errors(String schema, JsonNode document) {
        return NAME_TO_SCHEMA.computeIfAbsent(schema, DocumentSchemaTest::schema).validate(document).stream()
                .map(Object::toString)
                .toList();
    }

    private static Schema schema(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(json(Path.of("schema", name + ".schema.json")));
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode yaml(Path file) {
        try {
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
