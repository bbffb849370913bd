package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule can say beside a risk: why there is none, that it does not convert, and that there are no rules because there is no status. */
class RuleMembersTest {
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final String RED = "- { id: red,   state: R, risk: HIGH, meaning: { zh-CN: 红, en: red } }";
    private static final String RULES = TestPackages.DOCUMENT.substring(
            TestPackages.DOCUMENT.indexOf("  rules:\n"), TestPackages.DOCUMENT.indexOf("  otherwise:"));
    private static final String NEWEST = "  newest:\n    note: { list: notes, by: [note.at, note.heat] }\n";
    private static final String EVIDENCE_ONLY = observing("itinerary: { list: notes, value: note.text }")
            .replace("  state: state\n", "  evidenceOnly: true\n  state: state\n")
            .replace(RULES, "  rules: []\n");

    @TempDir
    Path folder;

    @Test
    void aRuleOfNoRiskSaysWhy() {
        Statement statement = map(
                TestPackages.with(
                        RED,
                        "- { id: red, state: R, risk: UNKNOWN, reason: NOT_CHECKED, meaning: { zh-CN: 无, en: none } }"),
                "'state':'R'");
        assertThat(statement.reason()).isEqualTo(Reason.NOT_CHECKED);
        assertThat(statement.rule()).isEqualTo("example@1.0.0#red");
        assertThat(statement.validUntil()).isNull();
        assertThat(statement.evidenceOnly()).isFalse();
    }

    @Test
    void withoutAReasonItIsUnmapped() {
        Statement statement = map(
                TestPackages.with(RED, "- { id: red, state: R, risk: UNKNOWN, meaning: { zh-CN: 无, en: none } }"),
                "'state':'R'");
        assertThat(statement.reason()).isEqualTo(Reason.UNMAPPED_STATUS);
    }

    @Test
    void aReasonBesideARiskIsRefused() {
        refused(
                TestPackages.with(
                        RED,
                        "- { id: red, state: R, risk: HIGH, reason: NOT_CHECKED, meaning: { zh-CN: 红, en: red } }"),
                "«reason» is for the risk UNKNOWN");
    }

    @Test
    void aRuleThatDoesNotConvertSaysSo() {
        FormatPackage format = load(TestPackages.with(
                RED, "- { id: red, state: R, risk: HIGH, converts: false, meaning: { zh-CN: 红, en: red } }"));
        assertThat(format.converts(map(format, "'state':'R'"))).isFalse();
        assertThat(format.converts(map(format, "'state':'G'"))).isTrue();
        assertThat(map(format, "'state':'R'").risk())
                .as("it means what it says")
                .isEqualTo(Risk.HIGH);
    }

    @Test
    void evidenceAloneIsNoStatusWhateverItsStateIs() {
        Statement statement =
                map(EVIDENCE_ONLY, "'state':'G','notes':[{'text':'330100'},{'at':'x'},{'text':'440100'}]");
        assertThat(statement.evidenceOnly()).isTrue();
        assertThat(statement.risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(statement.reason()).isEqualTo(Reason.NOT_CHECKED);
        assertThat(statement.validUntil()).isEqualTo(NOW.plusSeconds(86_400));
        assertThat(statement.evidence())
                .containsExactly(
                        new Evidence(Evidence.ITINERARY, "330100", null),
                        new Evidence(Evidence.ITINERARY, "440100", null));
    }

    @Test
    void evidenceThatIsOverSaysSo() {
        FormatPackage format = load(EVIDENCE_ONLY);
        Claims claims = claims(format, "'state':'G'");
        Instant end = NOW.plusSeconds(86_400);
        assertThat(mapped(new SignedClaims(format, claims, null), end.minusMillis(1))
                        .reason())
                .isEqualTo(Reason.NOT_CHECKED);
        assertThat(mapped(new SignedClaims(format, claims, null), end).reason()).isEqualTo(Reason.EXPIRED_STATEMENT);
        assertThat(mapped(new SignedClaims(format, claims, NOW), NOW).reason()).isEqualTo(Reason.EXPIRED_CODE);
    }

    @Test
    void evidenceAloneHasNoRules() {
        refused(
                TestPackages.with("  state: state\n", "  evidenceOnly: true\n  state: state\n"),
                "evidence alone is no status");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "itinerary: { value: note.text }",
                "itinerary: { list: notes, value: note.text, table: { a: b } }",
                "temperature: { list: notes, value: note.heat }",
                "temperature: { value: fever, when: now > 0 }",
                "temperature: { value: fever, mark: now > 0 }",
                "itinerary: { list: none, value: note.text }",
                "itinerary: { list: notes, value: note.none }",
                "itinerary: { list: notes, value: note.text, when: now }",
                "itinerary: { list: notes, value: note.text, mark: note.none }"
            })
    void evidenceThatWouldNotBeUnderstoodIsRefused(String evidence) {
        load(observing("itinerary: { list: notes, value: note.text }"));
        refused(observing(evidence), "");
    }

    @Test
    void anEntryOfEvidenceDoesNotSeeTheNewestOfItsOwnList() {
        refused(
                TestPackages.with("temperature: { value: fever }", "itinerary: { list: notes, value: note.text }"),
                "«notes» is either evidence or looked at for its newest entry");
    }

    @Test
    void anEntryCountsAndIsMarkedByItsOwnClaims() {
        String document = observing(
                "itinerary: { list: notes, value: note.text, when: note.at != \"old\", mark: note.at == \"risk\" }");
        Statement statement =
                map(document, "'state':'G','notes':[{'at':'old','text':'a'},{'at':'risk','text':'b'},{'text':'c'}]");
        assertThat(statement.risk()).isEqualTo(Risk.LOW);
        assertThat(statement.evidence()).extracting(Evidence::value).containsExactly("b*", "c");
    }

    /** A package whose list is nothing but this evidence. */
    private static String observing(String evidence) {
        return TestPackages.with("temperature: { value: fever }", evidence).replace(NEWEST, "");
    }

    private void refused(String document, String why) {
        TestPackages.write(folder, "example", document);
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> TestPackages.load(folder))
                .withMessageContaining(why);
    }

    private FormatPackage load(String document) {
        TestPackages.write(folder, "example", document);
        return TestPackages.load(folder);
    }

    private Statement map(String document, String claims) {
        return map(load(document), claims);
    }

    private static Statement map(FormatPackage format, String claims) {
        return mapped(new SignedClaims(format, claims(format, claims), null), NOW);
    }

    private static Statement mapped(SignedClaims signed, Instant now) {
        return ((Outcome.Passed<List<Statement>>) signed.map(now)).value().getFirst();
    }

    private static Claims claims(FormatPackage format, String members) {
        String payload = ("{'iss':'330100.example','iat':1767600000,'exp':1767600600," + members + ",'since':"
                        + NOW.toEpochMilli() + "}")
                .replace('\'', '"');
        try {
            return ((Outcome.Passed<Claims>)
                            format.envelope().statementToken().read(new ObjectMapper().readTree(payload)))
                    .value();
        } catch (JsonProcessingException e) {
            throw new AssertionError(payload, e);
        }
    }
}
