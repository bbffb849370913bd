package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How rules become statements, shown on a package made for it; what the real packages say, their examples show. */
class StatementRulesTest {
    private static final Instant SINCE = Instant.parse("2026-01-05T08:00:00Z");
    private static final String ENVELOPE = "'iss':'330100.example','iat':1767600000,'exp':1767600600";
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private FormatPackage format;

    @BeforeEach
    void loadPackage() {
        TestPackages.write(folder, "example", TestPackages.DOCUMENT);
        format = TestPackages.load(folder);
    }

    @Test
    void theFirstRuleThatFitsGivesTheRisk() {
        Statement statement = map("'state':'G'");
        assertThat(statement.risk()).isEqualTo(Risk.LOW);
        assertThat(statement.qualifiers()).containsExactly(Qualifier.PROVISIONAL);
        assertThat(statement.rule()).isEqualTo("example@1.0.0#green");
        assertThat(statement.meaning().english()).isEqualTo("green");
        assertThat(statement.nativeState()).isEqualTo("G");
        assertThat(statement.issuer()).isEqualTo(format.issuer());
        assertThat(statement.region()).isEqualTo(new RegionCode("330100"));
        assertThat(statement.assertedBy()).isNull();
        assertThat(statement.assertedAt()).isEqualTo(SINCE);
        assertThat(statement.validUntil()).isEqualTo(SINCE.plus(Duration.ofDays(1)));
    }

    @Test
    void aRuleWithAConditionIsPassedOverWhereItDoesNotHold() {
        assertThat(map("'state':'G','notes':[{'at':'1','text':'yellow'}]").rule())
                .isEqualTo("example@1.0.0#noted");
        assertThat(map("'state':'G','notes':[{'at':'1','text':'green'}]").rule())
                .isEqualTo("example@1.0.0#green");
    }

    @Test
    void onlyTheNewestOfAListIsLookedAt() {
        String newestLast =
                "'state':'G','notes':[{'at':'1','text':'x'},{'at':'3','text':'yellow'},{'at':'2','text':'x'}]";
        String newestFirst = "'state':'G','notes':[{'at':'3','text':'x'},{'at':'1','text':'yellow'},{'text':'yellow'}]";
        assertThat(map(newestLast).risk()).isEqualTo(Risk.MEDIUM);
        assertThat(map(newestFirst).risk()).isEqualTo(Risk.LOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"'36.5'|'100.4'", "'36.5'|'?'", "'100.4'|'?'", "'100.4'|[]", "'9'|10.0", "null|'0'", "'36.5'|''"})
    void ofTwoThatAreEquallyNewTheWorseReadingCounts(String less, String more) {
        String worse = note(more, "yellow");
        String better = less.equals("null") ? "{'at':'1','text':'x'}" : note(less, "x");
        assertThat(map("'state':'G','notes':[" + worse + "," + better + "]").risk())
                .isEqualTo(Risk.MEDIUM);
        assertThat(map("'state':'G','notes':[" + better + "," + worse + "]").risk())
                .isEqualTo(Risk.MEDIUM);
    }

    private static String note(String heat, String text) {
        return "{'at':'1','heat':" + heat + ",'text':'" + text + "'}";
    }

    @Test
    void whatTheIssuerWroteIsEchoedWithinBounds() {
        String longest = "x".repeat(StatementRules.LONGEST_ECHO);
        Statement kept = map("'state':'" + longest + "','cause':'" + longest + "','fever':'" + longest + "'");
        assertThat(kept.nativeState()).isEqualTo(longest);
        assertThat(kept.cause()).isEqualTo(longest);
        assertThat(kept.evidence()).containsExactly(new Evidence(Evidence.TEMPERATURE, longest, null));
        Statement cut = map("'state':'" + longest + "y','cause':'" + longest + "y','fever':'" + longest + "y'");
        assertThat(cut.nativeState()).isEqualTo(longest);
        assertThat(cut.cause()).isEqualTo(longest);
        assertThat(cut.evidence()).containsExactly(new Evidence(Evidence.TEMPERATURE, longest, null));
        Statement cleaned = map("'state':'a\\u001bb','cause':'\\n','fever':'\\u0085'");
        assertThat(cleaned.nativeState()).isEqualTo("a\uFFFDb");
        assertThat(cleaned.cause()).isEqualTo("\uFFFD");
        assertThat(cleaned.evidence()).containsExactly(new Evidence(Evidence.TEMPERATURE, "\uFFFD", null));
    }

    @Test
    void aCharacterIsNeverCutInTwo() {
        String longest = "𠮷".repeat(StatementRules.LONGEST_ECHO);
        assertThat(map("'state':'" + longest + "𠮷'").nativeState()).isEqualTo(longest);
    }

    @Test
    void theRegionThatAssertsIsEchoedWithinBoundsAsWell() {
        TestPackages.write(
                folder, "example", TestPackages.with("assertedAt: since", "assertedAt: since\n  assertedBy: kind"));
        format = TestPackages.load(folder);
        assertThat(map("'state':'G','kind':'" + "省".repeat(65) + "'").assertedBy())
                .isEqualTo("省".repeat(64));
    }

    @Test
    void rulesSeeTheWholeText() {
        String state = "x".repeat(StatementRules.LONGEST_ECHO + 1);
        TestPackages.write(folder, "example", TestPackages.with("id: red,   state: R", "id: red,   state: " + state));
        format = TestPackages.load(folder);
        assertThat(map("'state':'" + state + "'").rule()).isEqualTo("example@1.0.0#red");
        assertThat(map("'state':'" + state + "y'").rule()).isEqualTo("example@1.0.0#unmapped");
    }

    @Test
    void whatNoRuleMapsIsUnmapped() {
        Statement statement = map("'state':'B'");
        assertThat(statement.risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(statement.reason()).isEqualTo(Reason.UNMAPPED_STATUS);
        assertThat(statement.qualifiers()).isEmpty();
        assertThat(statement.validUntil()).isNull();
        assertThat(statement.rule()).isEqualTo("example@1.0.0#unmapped");
    }

    @Test
    void aValueOutsideItsTableMakesTheStatementUnmappedWhateverItsState() {
        assertThat(map("'state':'R','kind':'c'").reason()).isEqualTo(Reason.UNMAPPED_STATUS);
        assertThat(map("'state':'R','pcr':'?'").reason()).isEqualTo(Reason.UNMAPPED_STATUS);
        assertThat(map("'state':'R','kind':'a'").risk()).isEqualTo(Risk.HIGH);
    }

    @Test
    void anEmptyStateIsTold() {
        assertThat(map("'state':''").nativeState()).isNull();
    }

    @Test
    void aCauseOfTheTableAddsItsQualifier() {
        Statement contact = map("'state':'R','cause':'C1'");
        assertThat(contact.cause()).isEqualTo("C1");
        assertThat(contact.qualifiers()).containsExactly(Qualifier.CLOSE_CONTACT);
        Statement other = map("'state':'R','cause':'C2'");
        assertThat(other.cause()).isEqualTo("C2");
        assertThat(other.qualifiers()).isEmpty();
    }

    @Test
    void aQualifierIsAddedFromItsInstantOn() {
        Instant hourOld = SINCE.plus(Duration.ofHours(1));
        assertThat(map("'state':'R'", hourOld.minus(MILLISECOND), null).qualifiers())
                .isEmpty();
        assertThat(map("'state':'R'", hourOld, null).qualifiers()).containsExactly(Qualifier.STALE);
    }

    @Test
    void aGreenThatItsOwnContentContradictsIsTakenBack() {
        for (String claims : List.of("'cause':'C1'", "'cause':'C2'", "'pcr':'+'", "'fever':'warm'", "'fever':null")) {
            Statement statement = map("'state':'G'," + claims);
            assertThat(statement.reason()).as(claims).isEqualTo(Reason.UNMAPPED_STATUS);
            assertThat(statement.assertedRisk()).as(claims).isEqualTo(Risk.UNKNOWN);
            assertThat(statement.qualifiers()).as(claims).isEmpty();
        }
    }

    @Test
    void aRedIsNotContradicted() {
        for (String claims : List.of("'cause':'C2'", "'pcr':'+'", "'pcr':'-'", "'fever':'warm'", "'fever':'39'")) {
            Statement statement = map("'state':'R'," + claims);
            assertThat(statement.risk()).as(claims).isEqualTo(Risk.HIGH);
            assertThat(statement.qualifiers()).as(claims).isEmpty();
        }
    }

    @Test
    void aGreenBesideAFeverIsYellowAndKeepsItsQualifiers() {
        assertThat(map("'state':'G','fever':'37.2'").risk()).isEqualTo(Risk.LOW);
        Statement feverish = map("'state':'G','fever':37.3");
        assertThat(feverish.risk()).isEqualTo(Risk.MEDIUM);
        assertThat(feverish.qualifiers()).containsExactlyInAnyOrder(Qualifier.TEMPERATURE_ONLY, Qualifier.PROVISIONAL);
        assertThat(feverish.evidence()).containsExactly(new Evidence("temperature", "37.3", null));
    }

    @Test
    void aPositivePcrBesideAFeverIsNoMatterOfTemperature() {
        assertThat(map("'state':'G','fever':'39','pcr':'+'").reason()).isEqualTo(Reason.UNMAPPED_STATUS);
    }

    @Test
    void endsAreExclusive() {
        Instant end = SINCE.plus(Duration.ofDays(1));
        assertThat(map("'state':'G'", end.minus(MILLISECOND), null).risk()).isEqualTo(Risk.LOW);
        assertThat(map("'state':'G'", end.minusNanos(1), null).risk()).isEqualTo(Risk.LOW);
        Statement over = map("'state':'G'", end, null);
        assertThat(over.risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(over.reason()).isEqualTo(Reason.EXPIRED_STATEMENT);
        assertThat(over.validUntil()).isEqualTo(end);
    }

    @Test
    void theCodesOwnEndBoundsTheStatement() {
        Instant codeEnds = SINCE.plusSeconds(660);
        assertThat(map("'state':'G'", SINCE, codeEnds).validUntil()).isEqualTo(codeEnds);
        assertThat(map("'state':'G'", codeEnds, codeEnds).reason()).isEqualTo(Reason.EXPIRED_CODE);
        Instant afterwards = SINCE.plus(Duration.ofDays(2));
        assertThat(map("'state':'G'", SINCE, afterwards).validUntil()).isEqualTo(SINCE.plus(Duration.ofDays(1)));
    }

    @Test
    void theEarliestEndCounts() {
        Statement statement = map("'state':'G','kind':'b'");
        assertThat(statement.validUntil()).isEqualTo(SINCE.plus(Duration.ofHours(12)));
    }

    @Test
    void ofSeveralEndsThatHavePassedTheFirstReasonIsTold() {
        Instant all = SINCE.plus(Duration.ofDays(1));
        assertThat(map("'state':'G','kind':'b'", all.minus(MILLISECOND), null).reason())
                .isEqualTo(Reason.EXPIRED_DECLARATION);
        assertThat(map("'state':'G','kind':'b'", all, null).reason()).isEqualTo(Reason.EXPIRED_DECLARATION);
        assertThat(map("'state':'G','kind':'b'", all, all).reason()).isEqualTo(Reason.EXPIRED_CODE);
        assertThat(map("'state':'B','kind':'b'", all, all.plus(MILLISECOND)).reason())
                .isEqualTo(Reason.UNMAPPED_STATUS);
        assertThat(map("'state':'B','kind':'b'", all, all).reason()).isEqualTo(Reason.EXPIRED_CODE);
    }

    @Test
    void aPackageThatGivesAStatementNoEndIsABug() {
        String document = TestPackages.with("unless: state != \"R\" && kind != \"b\", ", "unless: state == \"R\", ");
        TestPackages.write(folder, "example", document);
        FormatPackage endless = TestPackages.load(folder);
        Claims claims = claims("'state':'R'");
        assertThatIllegalStateException()
                .isThrownBy(() -> new SignedClaims(endless, claims, null).map(SINCE))
                .withMessageContaining("example@1.0.0");
        assertThat(new SignedClaims(endless, claims, SINCE.plusSeconds(60)).map(SINCE))
                .isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aTokenThatItsOwnChecksFindMalformedIsRefused() throws JsonProcessingException {
        var payload =
                new ObjectMapper().readTree(("{" + ENVELOPE + ",'state':'G','since':2,'until':1}").replace('\'', '"'));
        assertThat(format.envelope().statementToken().read(payload))
                .isEqualTo(Outcome.refused(Reason.MALFORMED_CODE, "ends before it begins"));
    }

    private Statement map(String claims) {
        return map(claims, SINCE, null);
    }

    private Statement map(String claims, Instant now, @Nullable Instant codeEnds) {
        return switch (new SignedClaims(format, claims(claims), codeEnds).map(now)) {
            case Outcome.Passed<List<Statement>>(List<Statement> statements) -> statements.getFirst();
            case Outcome.Refused<List<Statement>> refused -> throw new AssertionError(refused.why());
        };
    }

    private Claims claims(String members) {
        String payload = ("{" + ENVELOPE + "," + members + ",'since':" + SINCE.toEpochMilli() + "}").replace('\'', '"');
        try {
            return switch (format.envelope().statementToken().read(new ObjectMapper().readTree(payload))) {
                case Outcome.Passed<Claims>(Claims claims) -> claims;
                case Outcome.Refused<Claims> refused -> throw new AssertionError(refused.why());
            };
        } catch (JsonProcessingException e) {
            throw new AssertionError(payload, e);
        }
    }
}
