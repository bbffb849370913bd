package dev.hutong.mapping.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each check finds, and where it says that it stands. */
class AdmissionTest {
    private static final String GREEN = "- { id: green, state: green, risk: LOW,";
    private static final String LIFETIME =
            "- { when: exp - iat > 10 * minutes, why: lives longer than its format allows }";

    @TempDir
    private Path temporary;

    private SkeletonFolder folder = new SkeletonFolder(Path.of(""));

    @BeforeEach
    void aSoundPackage() {
        folder = SkeletonFolder.in(temporary, PackageSkeleton.Kind.SIGNED_TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void aNewPackageIsAdmittedFromTheStart(PackageSkeleton.Kind kind) {
        AdmissionReport report =
                SkeletonFolder.in(temporary.resolve("of-each-kind"), kind).report();
        assertThat(report.findings()).isEmpty();
        assertThat(report.isAdmitted()).isTrue();
        assertThat(report.mutants()).isGreaterThan(10);
        assertThat(report.mutationScore()).isEqualTo(100);
        assertThat(report.subject()).isEqualTo("example@1.0.0");
    }

    @Test
    void aFolderWithoutAPackageIsToldSo() {
        AdmissionReport report = SkeletonFolder.ADMISSION.check(temporary);
        assertThat(report.isAdmitted()).isFalse();
        assertThat(report.findings())
                .extracting(Finding::file)
                .containsExactlyInAnyOrder("format.yaml", "examples.yaml");
    }

    @Test
    void allThatTheSchemaRefusesIsToldAtOnceEachWithItsLine() {
        folder.format("version: 1.0.0", "version: one").format("state: yellow", "stat: yellow");
        assertThat(folder.errors())
                .extracting(Finding::check, Finding::line)
                .contains(
                        tuple(Check.SCHEMA, folder.line("format.yaml", "version: one")),
                        tuple(Check.SCHEMA, folder.line("format.yaml", "id: yellow")));
    }

    @Test
    void everyExpressionThatDoesNotCompileIsToldWithItsOwnLine() {
        folder.format("asof > iat", "asof > \"iat\"").format("until: asof + 24 * hours", "until: asof + 24 * weeks");
        assertThat(folder.errors()).allMatch(finding -> finding.check() == Check.TYPES);
        assertThat(folder.errors())
                .extracting(Finding::line)
                .containsExactly(folder.line("format.yaml", "asof >"), folder.line("format.yaml", "24 * weeks"));
    }

    @Test
    void aRuleThatDecidesInNoExampleIsAnError() {
        folder.format(
                GREEN,
                "- { id: never, state: purple-and-blue, risk: HIGH, meaning: { zh-CN: 紫, en: purple }, remedy: { zh-CN: 等, en: wait } }\n    "
                        + GREEN);
        assertOnly(Check.RULES, "id: never", "«never» decides in no example");
    }

    @Test
    void aLeafThatIsOnlyEverTrueIsAnError() {
        folder.format(GREEN, "- { id: green, state: green, when: asof > 0 && iat < exp, risk: LOW,");
        assertThat(folder.errors())
                .filteredOn(finding -> finding.check() == Check.CONDITIONS)
                .extracting(Finding::message)
                .containsExactly("«asof > 0» is false in no example", "«iat < exp» is false in no example");
    }

    @Test
    void aWrongExampleIsToldWithItsLineAndBothAnswers() {
        folder.examples("native: purple, risk: UNKNOWN", "native: purple, risk: HIGH");
        assertThat(folder.errors()).singleElement().satisfies(finding -> {
            assertThat(finding.check()).isEqualTo(Check.EXAMPLES);
            assertThat(finding.file()).isEqualTo("examples.yaml");
            assertThat(finding.line()).isEqualTo(folder.line("examples.yaml", "a colour that nobody knows"));
            assertThat(finding.message()).contains("\"risk\":\"UNKNOWN\"", "not {", "\"risk\":\"HIGH\"");
        });
    }

    @Test
    void examplesThatDoNotNoticeAMovedBoundaryLetTheMutantSurvive() {
        folder.examples("now: 2026-01-06T07:00:00Z", "now: 2026-01-06T17:00:00Z")
                .examples("validUntil: 2026-01-06T07:00:00Z", "rule: example@1.0.0#green")
                .examples("now: 2026-01-06T06:59:59.999Z", "now: 2026-01-05T16:59:59.999Z");
        AdmissionReport report = folder.report();
        assertThat(report.mutationScore()).isLessThan(Mutation.LEAST_SCORE);
        assertThat(report.findings())
                .filteredOn(finding -> finding.check() == Check.MUTATION
                        && finding.line() == folder.line("format.yaml", "until: asof"))
                .extracting(Finding::message)
                .contains("no example notices: «asof + 24 * hours» a millisecond later");
        assertThat(report.isAdmitted()).isFalse();
    }

    @Test
    void anInvariantOfItsOwnIsCheckedOnClaimsThatNobodyWrote() {
        folder.format(
                "holds: 'colour != \"red\" || risk == \"HIGH\" || risk == \"UNKNOWN\"'",
                "holds: '!valid || asof <= iat - 1 * hours'");
        assertThat(folder.errors())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .contains("«red-is-never-better» does not hold", "the statement is", "asof"));
    }

    @Test
    void anEndThatMovesWithTheClockNeverComes() {
        folder.format("until: asof + 24 * hours", "until: now + 1 * hours");
        assertThat(folder.errors())
                .filteredOn(finding -> finding.check() == Check.INVARIANTS)
                .extracting(Finding::message)
                .anyMatch(message -> message.startsWith("the mere passing of time makes a statement better"));
    }

    @Test
    void aMissingAnswerThatCountsAsGreenIsAWarning() {
        folder.format(
                        "colour: { type: text }",
                        "colour: { type: text }\n      contact: { type: boolean, optional: true }")
                .format(
                        "- { id: green,",
                        "- { id: contact, state: green, when: contact, risk: MEDIUM, meaning: { zh-CN: 密接, en: contact }, remedy: { zh-CN: 等, en: wait } }\n    - { id: green,")
                .examples(
                        "  - name: yellow is MEDIUM",
                        "  - name: a contact is MEDIUM\n    now: 2026-01-05T08:00:00Z\n    claims: { contact: true }\n    gives: { statements: [{ risk: MEDIUM, rule: example@1.0.0#contact }] }\n  - name: yellow is MEDIUM");
        assertThat(folder.report().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARN);
            assertThat(finding.message()).startsWith("leaving «contact» out turns MEDIUM into LOW");
            assertThat(finding.line()).isEqualTo(folder.line("format.yaml", "contact: { type: boolean"));
        });
    }

    @Test
    void aClaimThatNothingUsesIsRefusedUnlessItSaysWhy() {
        folder.format(
                "colour: { type: text }",
                "colour: { type: text }\n      name: { type: text, optional: true }\n      id: { type: text, optional: true, unused: for the gate }");
        assertThat(folder.report().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.check()).isEqualTo(Check.FIELDS);
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.line()).isEqualTo(folder.line("format.yaml", "name: { type"));
            assertThat(finding.message()).contains("«name»");
        });
    }

    @Test
    void aTextWithoutItsOtherLanguageIsAnError() {
        folder.format("en: Call the health authority of your district", "en: \" \"");
        assertOnly(Check.COMPLETENESS, "en: \" \"", "there is no text in en");
    }

    @Test
    void whoIsNotGreenIsToldWhatToDo() {
        folder.format("      remedy: { zh-CN: 请联系属地防疫部门, en: Call the health authority of your district }\n", "");
        assertThat(folder.report().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("«red»", "what the holder can do next"));
    }

    @Test
    void sevenExamplesAreTooFew() throws IOException {
        Path file = folder.folder().resolve("examples.yaml");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.indexOf("  - name: a code of eleven minutes")));
        assertThat(folder.errors()).extracting(Finding::message).contains("7 map examples; 8 are the fewest");
    }

    @ParameterizedTest
    @CsvSource({"1.0.0, false", "0.9.9, false", "1.0.1, true", "1.10.0, true", "2.0.0, true"})
    void aVersionFollowsALowerOneOnly(String version, boolean isAdmitted) {
        FormatPackage present = FormatVersions.load(temporary, SkeletonFolder.REGIONS)
                .packages()
                .getFirst();
        folder.format("version: 1.0.0", "version: " + version);
        List<Finding> findings = SkeletonFolder.ADMISSION.check(folder.folder(), present).findings().stream()
                .filter(finding -> finding.check() == Check.VERSION)
                .toList();
        assertThat(findings.isEmpty()).isEqualTo(isAdmitted);
    }

    @Test
    void lineNumbersAreThoseOfTheFile() {
        folder.format(LIFETIME, "- { when: exp - iat > 10 * fortnights, why: lives longer than its format allows }");
        assertThat(folder.errors())
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).isEqualTo(folder.line("format.yaml", "fortnights")));
    }

    private void assertOnly(Check check, String at, String message) {
        assertThat(folder.errors()).singleElement().satisfies(finding -> {
            assertThat(finding.check()).isEqualTo(check);
            assertThat(finding.line()).isEqualTo(folder.line("format.yaml", at));
            assertThat(finding.message()).isEqualTo(message);
        });
    }
}
