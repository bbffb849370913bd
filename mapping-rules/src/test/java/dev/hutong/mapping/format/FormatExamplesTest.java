package dev.hutong.mapping.format;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Yaml;
import dev.hutong.mapping.admission.ExampleRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
        return ofEachPackage((format, examples) ->
                ExampleRun.all(format, examples).stream().map(run -> dynamicTest(run.name(), () -> check(run))));
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

    private static void check(ExampleRun run) {
        assertThat(run.actualAsFarAsExpected()).isEqualTo(run.expected());
    }
}
