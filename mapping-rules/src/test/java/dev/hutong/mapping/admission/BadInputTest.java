package dev.hutong.mapping.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.Claims;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.mapping.format.SignedClaims;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that would harm the hub or whoever trusts it: refused with the reason, while the version that runs goes on. */
class BadInputTest {
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final String GREEN = "- { id: green, state: green, risk: LOW,";
    private static final String LIST =
            "colour: { type: text }\n      visits: { type: list, as: visit, members: { place: { type: text } } }";

    @TempDir
    private Path temporary;

    private SkeletonFolder folder = new SkeletonFolder(Path.of(""));

    @BeforeEach
    void aSoundPackage() {
        folder = SkeletonFolder.in(temporary, PackageSkeleton.Kind.SIGNED_TEXT);
    }

    @Test
    void aListThatTheClaimDoesNotBoundIsBoundedAllTheSame() {
        FormatPackage format = loaded(folder.format("colour: { type: text }", LIST));
        assertThat(read(format, 64)).isInstanceOf(Outcome.Passed.class);
        assertThat(read(format, 65)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.MALFORMED_CODE);
            assertThat(refused.why()).isEqualTo("visits has more than 64 items");
        });
    }

    @Test
    void aListThatDeclaresItsLengthEndsThere() {
        FormatPackage format =
                loaded(folder.format("colour: { type: text }", LIST.replace("type: list,", "type: list, longest: 2,")));
        assertThat(read(format, 2)).isInstanceOf(Outcome.Passed.class);
        assertThat(read(format, 3)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void anEndlessListIsRefused() {
        folder.format("colour: { type: text }", LIST.replace("type: list,", "type: list, longest: 1000000,"));
        assertRefused(Check.SCHEMA, "longest");
        assertNotLoaded("longest");
    }

    @Test
    void rulesThatCostTooMuchOnTheLongestListAreRefused() {
        String expensive = "iat > 0 && " + "iat + 1 > 0 && ".repeat(25) + "iat < exp";
        folder.format("colour: { type: text }", LIST.replace("type: list,", "type: list, longest: 1024,"))
                .format("  state: colour\n", "  each: { list: visits, ifNone: NOT_CHECKED }\n  state: colour\n")
                .format(GREEN, "- { id: green, state: green, when: \"" + expensive + "\", risk: LOW,");
        assertRefused(Check.COST, "steps, more than 10000");
    }

    @Test
    void evidenceThatCostsTooMuchOnTheLongestListIsRefused() {
        folder.format("colour: { type: text }", LIST.replace("type: list,", "type: list, longest: 1024,"))
                .format(
                        "  validity:",
                        "  evidence:\n    itinerary: { list: visits, value: visit.place, when: 'visit.place != \"\" && iat > 0 && exp > 0' }\n  validity:");
        assertRefused(Check.COST, "steps, more than 10000");
    }

    @Test
    void aRegexBombIsRefused() {
        folder.format(GREEN, "- { id: green, state: green, when: 'colour.matches(\"(a+)+$\")', risk: LOW,");
        assertRefused(Check.TYPES, "matches");
        assertNotLoaded("matches");
    }

    @Test
    void aPackageWithoutADefaultIsRefused() {
        folder.format(
                "  otherwise:\n    id: unmapped\n    meaning: { zh-CN: 无法识别的状态, en: a state that is not in the table }\n    remedy: { zh-CN: 请刷新后重试, en: Refresh the code and try again }\n",
                "");
        assertRefused(Check.SCHEMA, "otherwise");
        assertNotLoaded("otherwise");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title: &loop { zh-CN: 甲, en: *loop }",
                "title: { zh-CN: &name 甲, en: *name }",
                "title: { zh-CN: 甲, en: *nobody }"
            })
    void aCycleOfAliasesIsRefused(String title) {
        folder.format("title: { zh-CN: example, en: example }", title);
        assertRefused(Check.SCHEMA, "an alias (*)");
        assertNotLoaded("an alias (*)");
    }

    @Test
    void stepsThatGoRoundAreRefused() {
        SkeletonFolder platform = SkeletonFolder.in(temporary.resolve("platform"), PackageSkeleton.Kind.PLATFORM)
                .format(
                        "      requires: [colour, updated]\n",
                        "      requires: [colour, updated]\n      next: colour\n");
        assertThat(platform.errors())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("every step but the last has «next»"));
    }

    @Test
    void aFileWithoutEndIsRefused() {
        folder.format("appeal:", "# " + "x".repeat(SourceFile.LONGEST) + "\nappeal:");
        assertRefused(Check.SCHEMA, "longer than");
    }

    @Test
    void theSameMemberTwiceIsRefused() {
        folder.format("version: 1.0.0\n", "version: 1.0.0\nversion: 1.0.1\n");
        assertRefused(Check.SCHEMA, "uplicate");
        assertNotLoaded("uplicate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iat / (exp - iat - 600000) > 0",
                "int(colour) > 0",
                "asof * asof * asof * asof > 0",
                "iat % (exp - exp) == 0",
                "[colour][1] == colour"
            })
    void anExpressionThatFailsOnSomeClaimsIsRefusedAndNeverGreen(String failing) {
        folder.format(GREEN, "- { id: green, state: green, when: '" + failing + "', risk: LOW,");
        assertThat(folder.errors())
                .filteredOn(finding -> finding.check() == Check.INVARIANTS)
                .anySatisfy(finding -> {
                    assertThat(finding.message()).contains("type-checks, but cannot be evaluated");
                    assertThat(finding.line()).isEqualTo(folder.line("format.yaml", "id: green"));
                });
        Statement statement = onlyStatement(loaded(folder));
        assertThat(statement.risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(statement.reason()).isEqualTo(Reason.UNMAPPED_STATUS);
        assertThat(statement.rule()).isEqualTo("example@1.0.0#unmapped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"until: asof * asof * asof", "until: asof + 24 * hours / (exp - exp)"})
    void anEndThatCannotBeTakenIsNeverGreen(String end) {
        folder.format("until: asof + 24 * hours", end);
        Statement statement = onlyStatement(loaded(folder));
        assertThat(statement.risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(statement.reason()).isEqualTo(Reason.UNMAPPED_STATUS);
        assertThat(statement.validUntil()).isNull();
    }

    @Test
    void aCheckOfTheTokenThatCannotBeMadeRefusesIt() {
        FormatPackage format = loaded(folder.format("asof > iat", "asof / (exp - exp) > iat"));
        assertThat(format.envelope().statementToken().read(payload()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.MALFORMED_CODE));
    }

    @Test
    void aCheckOfTheAnswerThatCannotBeMadeRefusesIt() {
        FormatPackage format = loaded(folder.format(
                "  rules:\n", "  issuerError: [{ when: asof / (exp - exp) > iat, why: never }]\n  rules:\n"));
        assertThat(map(format))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.ISSUER_ERROR));
    }

    @Test
    void aBrokenVersionLeavesTheOneThatRunsAsItIs() {
        FormatVersions running = FormatVersions.load(temporary, SkeletonFolder.REGIONS);
        folder.format("version: 1.0.0", "version: 1.0.1").format("asof > iat", "asof > colour");
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> FormatVersions.load(temporary, SkeletonFolder.REGIONS));
        assertThat(onlyStatement(running.packages().getFirst()).risk()).isEqualTo(Risk.LOW);
    }

    private void assertRefused(Check check, String why) {
        assertThat(folder.errors()).anySatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(check);
            assertThat(finding.message()).contains(why);
            assertThat(finding.remedy()).isNotBlank();
        });
    }

    private void assertNotLoaded(String why) {
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> FormatVersions.load(temporary, SkeletonFolder.REGIONS))
                .withMessageContaining(why);
    }

    private FormatPackage loaded(SkeletonFolder of) {
        return FormatVersions.load(of.folder().resolveSibling("."), SkeletonFolder.REGIONS)
                .packages()
                .getFirst();
    }

    private static Outcome<Claims> read(FormatPackage format, int visits) {
        ObjectNode payload = payload();
        ArrayNode list = payload.putArray("visits");
        for (int i = 0; i < visits; i++) {
            list.addObject().put("place", "a");
        }
        return format.envelope().statementToken().read(payload);
    }

    private static Outcome<List<Statement>> map(FormatPackage format) {
        return format.envelope()
                .statementToken()
                .read(payload())
                .then(claims -> new SignedClaims(format, claims, NOW.plusSeconds(600)).map(NOW));
    }

    private static Statement onlyStatement(FormatPackage format) {
        return ExampleRun.statements(map(format)).getFirst();
    }

    private static ObjectNode payload() {
        return new ObjectMapper()
                .createObjectNode()
                .put("iss", "420000.example")
                .put("iat", 1_767_600_000L)
                .put("exp", 1_767_600_600L)
                .put("asof", 1_767_596_400L)
                .put("colour", "green");
    }
}
