package dev.hutong.mapping.format;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every example of every format package comes true, and there are enough of them. */
class FormatExamplesTest {
    private static final int FEWEST_SCANS = 6;
    private static final int FEWEST_EXAMPLES_OF_A_RULE = 5;
    private static final Set<String> VERDICTS_ON_A_SCAN = Set.of("claimed", "malformed", "not-claimed");

    private final List<FormatPackage> packages =
            FormatVersions.bundled(Regions.load()).packages();

    @TestFactory
    Stream<DynamicNode> signedClaimsMeanWhatTheExampleSays() {
        return ofEachPackage((format, examples) -> examples.map().stream()
                .map(example -> dynamicTest(example.name(), () -> check(format, examples, example))));
    }

    @TestFactory
    Stream<DynamicNode> scansAreWellWritten() {
        return ofEachPackage((format, examples) -> Stream.concat(
                examples.recognise().stream()
                        .map(scan -> dynamicTest(scan.name(), () -> {
                            assertThat(VERDICTS_ON_A_SCAN).contains(scan.is());
                            assertThat(scan.code() == null).isNotEqualTo(scan.bytes() == null);
                        })),
                Stream.of(dynamicTest("there are enough, and some of each kind", () -> {
                    assertThat(examples.recognise()).hasSizeGreaterThanOrEqualTo(FEWEST_SCANS);
                    assertThat(examples.recognise())
                            .extracting(Examples.Scan::is)
                            .containsAll(VERDICTS_ON_A_SCAN);
                }))));
    }

    @TestFactory
    Stream<DynamicNode> everyRuleHasEnoughExamples() {
        return ofEachPackage((format, examples) -> {
            Map<String, Long> ruleToExamples = examples.map().stream()
                    .filter(example -> example.gives().statements() != null)
                    .flatMap(example -> example.gives().statements().stream()
                            .map(statement -> statement.path("rule").asText())
                            .distinct())
                    .collect(groupingBy(rule -> rule, counting()));
            return rules(format)
                    .map(rule -> dynamicTest(
                            rule,
                            () -> assertThat(ruleToExamples.getOrDefault(rule, 0L))
                                    .isGreaterThanOrEqualTo(FEWEST_EXAMPLES_OF_A_RULE)));
        });
    }

    @TestFactory
    Stream<DynamicNode> namesAreUnique() {
        return ofEachPackage((format, examples) -> Stream.of(
                dynamicTest(
                        "of scans",
                        () -> assertThat(examples.recognise())
                                .extracting(Examples.Scan::name)
                                .doesNotHaveDuplicates()),
                dynamicTest(
                        "of mappings",
                        () -> assertThat(examples.map())
                                .extracting(Examples.Mapping::name)
                                .doesNotHaveDuplicates())));
    }

    private interface TestsOfPackage {
        Stream<DynamicTest> of(FormatPackage format, Examples examples);
    }

    private Stream<DynamicNode> ofEachPackage(TestsOfPackage tests) {
        return packages.stream()
                .map(format -> dynamicContainer(format.id().value(), tests.of(format, Examples.of(format.id()))));
    }

    private static Stream<String> rules(FormatPackage format) {
        return Yaml.withBundled("/formats/" + format.id(), folder -> {
            try {
                FormatDocument.Statements statements = Yaml.read(
                                folder.resolve(FormatVersions.DOCUMENT), FormatDocument.class)
                        .statements();
                return Stream.concat(
                                statements.rules().stream().map(FormatDocument.Rule::id),
                                Stream.of(statements.otherwise().id()))
                        .map(id -> format.versioned() + "#" + id);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void check(FormatPackage format, Examples examples, Examples.Mapping example) {
        Instant codeEnds = example.codeEnds() == null ? null : Instant.parse(example.codeEnds());
        Outcome<List<Statement>> outcome = format.envelope()
                .statementToken()
                .read(examples.payload(example))
                .then(claims -> new SignedClaims(format, claims, codeEnds).map(Instant.parse(example.now())));
        switch (outcome) {
            case Outcome.Refused<List<Statement>> refused ->
                assertThat(refused.reason().name())
                        .as(refused.why())
                        .isEqualTo(example.gives().refused());
            case Outcome.Passed<List<Statement>>(List<Statement> statements) -> {
                List<ObjectNode> given = Objects.requireNonNull(example.gives().statements(), "expected a refusal");
                assertThat(statements).hasSameSizeAs(given);
                for (int i = 0; i < given.size(); i++) {
                    assertThat(onTheWire(statements.get(i)).retain(names(given.get(i))))
                            .isEqualTo(given.get(i));
                }
            }
        }
    }

    private static List<String> names(ObjectNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static ObjectNode onTheWire(Statement statement) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("native", statement.nativeState());
        node.put("risk", statement.risk().name());
        node.put(
                "reason", statement.reason() == null ? null : statement.reason().name());
        ArrayNode qualifiers = node.putArray("qualifiers");
        if (!statement.qualifiers().isEmpty()) {
            EnumSet.copyOf(statement.qualifiers()).forEach(qualifier -> qualifiers.add(qualifier.name()));
        }
        node.put("cause", statement.cause());
        node.put(
                "region", statement.region() == null ? null : statement.region().value());
        node.put("assertedBy", statement.assertedBy());
        node.put("assertedAt", text(statement.assertedAt()));
        node.put("validUntil", text(statement.validUntil()));
        ArrayNode evidence = node.putArray("evidence");
        statement.evidence().forEach(observation -> evidence.add(onTheWire(observation)));
        node.put("rule", statement.rule());
        return node;
    }

    private static JsonNode onTheWire(Evidence observation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", observation.kind())
                .put("value", observation.value())
                .put("at", text(observation.at()));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
