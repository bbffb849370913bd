package dev.hutong.mapping.translate;

import static dev.hutong.mapping.Qualifier.CLOSE_CONTACT;
import static dev.hutong.mapping.Qualifier.DEPENDANT;
import static dev.hutong.mapping.Qualifier.PRINTED;
import static dev.hutong.mapping.Qualifier.SELF_DECLARED;
import static dev.hutong.mapping.Qualifier.STALE;
import static dev.hutong.mapping.Qualifier.TEMPERATURE_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.TestStatements;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.translate.WrittenCode.Judged;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each format can say of others' statuses, and what it cannot. */
class TranslatorTest {
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final Instant ASSERTED = Instant.parse("2026-01-05T07:00:00Z");
    private static final Instant END = Instant.parse("2026-01-05T08:11:00Z");

    @Test
    void aBlueGreenIsRefusedWhereBlueCannotBeSaid() {
        for (String format : List.of("hangzhou", "national", "yuekangma")) {
            assertThat(translate(a(Risk.LOW, SELF_DECLARED), format))
                    .isInstanceOfSatisfying(Translation.Refused.class, refused -> {
                        assertThat(refused.loss().field()).isEqualTo("qualifiers");
                        assertThat(refused.loss().from()).isEqualTo("SELF_DECLARED");
                        assertThat(refused.loss().to()).isNull();
                        assertThat(refused.loss().why()).contains(format);
                    });
        }
    }

    @Test
    void onlyGreenLeavesAFormatThatSaysSo() {
        for (String rule : List.of("macao@1.0.0#yellow", "macao@1.0.0#red")) {
            Statement told = by(rule, TestStatements.yellow().until(END).make());
            assertThat(WrittenCode.translate(Judged.of(List.of(told)), target("suikangma"), NOW))
                    .isInstanceOfSatisfying(
                            Translation.Refused.class,
                            refused -> assertThat(refused.loss().why()).contains(rule));
        }
    }

    private static Statement by(String rule, Statement told) {
        return new Statement(
                told.issuer(),
                told.region(),
                told.assertedBy(),
                told.nativeState(),
                told.assertedRisk(),
                told.reason(),
                told.qualifiers(),
                told.cause(),
                told.assertedAt(),
                told.validUntil(),
                told.evidence(),
                rule,
                told.meaning(),
                told.remedy(),
                told.evidenceOnly());
    }

    @Test
    void aBlueGreenIsBlueInItsOwnFormat() {
        assertThat(claims(a(Risk.LOW, SELF_DECLARED), "suikangma").get("lv").intValue())
                .isZero();
    }

    @Test
    void anotherQualifierBesideBlueIsRefusedThere() {
        assertThat(translate(a(Risk.LOW, SELF_DECLARED, DEPENDANT), "suikangma"))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.loss().from()).isEqualTo("DEPENDANT"));
    }

    @Test
    void aYellowIsRedInTheTwoColourVocabularyAndThatIsALoss() {
        Translation.Written written =
                written(a(Risk.MEDIUM), target("yuekangma").in(1).orElseThrow());

        assertThat(written.claims().get("mz").textValue()).isEqualTo("R");
        assertThat(written.claims().get("ver").intValue()).isEqualTo(1);
        assertThat(written.losses()).anySatisfy(loss -> {
            assertThat(loss.field()).isEqualTo("risk");
            assertThat(loss.from()).isEqualTo("MEDIUM");
            assertThat(loss.to()).isEqualTo("HIGH");
        });
    }

    @Test
    void aYellowIsYellowInTheNewestVocabulary() {
        ObjectNode claims = claims(a(Risk.MEDIUM), "yuekangma");

        assertThat(claims.get("mz").textValue()).isEqualTo("Y");
        assertThat(claims.get("ver").intValue()).isEqualTo(2);
    }

    @Test
    void aVocabularyThatAFormatDoesNotHaveIsNoTarget() {
        assertThat(target("yuekangma").in(3)).isEmpty();
        assertThat(target("hangzhou").in(1)).isEmpty();
    }

    @Test
    void aContactIsOrangeWhereThereIsOrangeAndRedWhereThereIsNot() {
        assertThat(claims(a(Risk.MEDIUM, CLOSE_CONTACT), "hangzhou")
                        .at("/data/level")
                        .textValue())
                .isEqualTo("orange");
        assertThat(claims(a(Risk.MEDIUM, CLOSE_CONTACT), "suikangma").get("lv").intValue())
                .isEqualTo(3);
        assertThat(report(claims(a(Risk.MEDIUM, CLOSE_CONTACT), "national"))
                        .get("healthyStaus")
                        .textValue())
                .isEqualTo("10");
        ObjectNode red = claims(a(Risk.MEDIUM, CLOSE_CONTACT), "yuekangma");
        assertThat(red.get("mz").textValue()).isEqualTo("R");
        assertThat(red.get("yy").textValue()).as("red, a close contact").isEqualTo("R3");
    }

    @Test
    void aPrintedCodeStaysPrintedAndStale() {
        Statement printed = statement(
                Risk.LOW, Set.of(PRINTED, STALE), null, List.of(), NOW.minusSeconds(90_000), NOW.plusSeconds(86_460));
        ObjectNode claims = claims(printed, "yuekangma");

        assertThat(claims.get("print").booleanValue()).isTrue();
        assertThat(claims.get("exp").longValue())
                .isEqualTo(NOW.plusSeconds(86_400).getEpochSecond());
    }

    @Test
    void aGreenIsNotTurnedYellowToBeSaid() {
        assertThat(translate(a(Risk.LOW, PRINTED), "suikangma")).isInstanceOf(Translation.Refused.class);
    }

    @Test
    void aCauseIsWrittenOnlyWhereTheTargetHasTheSame() {
        Statement red = statement(Risk.HIGH, Set.of(), "R4", List.of(), ASSERTED, END);

        assertThat(claims(red, "yuekangma").get("yy").textValue()).isEqualTo("R4");
        Translation.Written elsewhere = written(red, target("suikangma"));
        assertThat(elsewhere.claims().has("yy")).isFalse();
        assertThat(elsewhere.losses()).anySatisfy(loss -> {
            assertThat(loss.field()).isEqualTo("cause");
            assertThat(loss.from()).isEqualTo("R4");
        });
    }

    @Test
    void aPcrGoesAlongInTheTargetsWordsAndTimes() {
        Statement green = statement(
                Risk.LOW, Set.of(), null, List.of(new Evidence(Evidence.PCR, "NEGATIVE", ASSERTED)), ASSERTED, END);

        assertThat(claims(green, "yuekangma").get("hs").toString())
                .isEqualTo("{\"jg\":\"N\",\"sj\":" + ASSERTED.getEpochSecond() + "}");
        assertThat(claims(green, "suikangma").get("hsjc").toString())
                .isEqualTo("{\"jg\":\"阴性\",\"sj\":\"2026-01-05 15:00:00\"}");
        assertThat(written(green, target("hangzhou")).losses())
                .contains(new Loss("evidence.pcr", "NEGATIVE", null, "no place for it in hangzhou@1.0.0"));
    }

    @Test
    void aTemperatureAloneIsSaidWhereItCanBe() {
        Statement feverish = statement(
                Risk.MEDIUM,
                Set.of(TEMPERATURE_ONLY),
                null,
                List.of(new Evidence(Evidence.TEMPERATURE, "37.6", null)),
                ASSERTED,
                END);
        Translation.Written written = written(feverish, target("national"));

        assertThat(WrittenCode.read(written.claims(), target("national").format(), NOW)
                        .verdict()
                        .qualifiers())
                .containsExactly(TEMPERATURE_ONLY);
        assertThat(written(feverish, target("suikangma")).losses())
                .anySatisfy(loss -> assertThat(loss.from()).isEqualTo("TEMPERATURE_ONLY"));
    }

    @Test
    void whatEndsSoonerThanTheTargetsLongestLifeEndsAsTheDecisionDoes() {
        assertThat(claims(a(Risk.LOW), "yuekangma").get("exp").longValue())
                .as("its readers allow 60 seconds more")
                .isEqualTo(END.minusSeconds(60).getEpochSecond());
        assertThat(claims(a(Risk.LOW), "hangzhou").get("exp").longValue()).isEqualTo(END.getEpochSecond());
        assertThat(claims(a(Risk.LOW), "suikangma").get("exp").longValue())
                .as("five minutes at most")
                .isEqualTo(NOW.plusSeconds(300).getEpochSecond());
    }

    @Test
    void whatIsAsGoodAsOverIsRefused() {
        Statement ending = statement(Risk.LOW, Set.of(), null, List.of(), ASSERTED, NOW.plusSeconds(60));

        assertThat(translate(ending, "yuekangma"))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.loss().field()).isEqualTo("validUntil"));
        assertThat(translate(ending, "hangzhou")).isInstanceOf(Translation.Written.class);
    }

    @Test
    void whatIsOlderThanAFormatOfComputedStatusesAllowsIsWrittenAsOfTheDecisionAndEndsWithIt() {
        Statement old = statement(Risk.LOW, Set.of(), null, List.of(), NOW.minusSeconds(3 * 86_400), END);
        Translation.Written written = written(old, target("yuekangma"));

        assertThat(written.claims().get("asof").longValue()).isEqualTo(NOW.getEpochSecond());
        assertThat(written.claims().get("exp").longValue())
                .isEqualTo(END.minusSeconds(60).getEpochSecond());
        assertThat(written.losses()).anySatisfy(loss -> {
            assertThat(loss.field()).isEqualTo("assertedAt");
            assertThat(loss.to()).isEqualTo(NOW.toString());
        });
    }

    @Test
    void whatIsOlderThanAFormatOfDeclarationsAllowsIsRefusedAndNotMadeRed() {
        Statement old = statement(
                Risk.MEDIUM, Set.of(), null, List.of(), NOW.minusSeconds(8 * 86_400), NOW.plusSeconds(86_400));

        assertThat(translate(old, "suikangma"))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.loss().field()).isEqualTo("assertedAt"));
    }

    @Test
    void aGreenWithAnUnsayableQualifierIsRefusedForThatHoweverOldItIs() {
        Statement old = statement(Risk.LOW, Set.of(SELF_DECLARED), null, List.of(), NOW.minusSeconds(3 * 86_400), END);

        assertThat(translate(old, "hangzhou"))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.loss().from()).isEqualTo("SELF_DECLARED"));
    }

    @Test
    void unknownIsNeverTranslated() {
        Statement lapsed =
                TestStatements.yellow().over(Reason.EXPIRED_STATEMENT).make();

        assertThat(translate(lapsed, "yuekangma")).isInstanceOfSatisfying(Translation.Refused.class, refused -> {
            assertThat(refused.loss().from()).isEqualTo("UNKNOWN");
            assertThat(refused.loss().why()).contains("EXPIRED_STATEMENT");
        });
    }

    @Test
    void theHubSignsAndTheIssuerIsNamedAsWhoAsserted() {
        ObjectNode claims = claims(a(Risk.LOW), "yuekangma");

        assertThat(claims.get("iss").textValue()).isEqualTo("hutong");
        assertThat(claims.at("/act/iss").textValue()).isEqualTo("440000.yuekangma");
        assertThat(claims.get("sub").textValue()).isEqualTo("p-fresh");
        assertThat(claims.has("xm")).isFalse();
    }

    @Test
    void aReportNamesTheRegionWhoseWordItIs() {
        assertThat(report(claims(a(Risk.LOW), "national")).get("dataSource").textValue())
                .isEqualTo("广东省");
    }

    private static JsonNode report(ObjectNode claims) {
        try {
            return new ObjectMapper()
                    .readTree(claims.get("content").textValue())
                    .at("/data/healthyReport/0");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Translation translate(Statement statement, String format) {
        return WrittenCode.translate(Judged.of(List.of(statement)), target(format), NOW);
    }

    private static ObjectNode claims(Statement statement, String format) {
        return written(statement, target(format)).claims();
    }

    private static Translation.Written written(Statement statement, Target target) {
        return switch (WrittenCode.translate(Judged.of(List.of(statement)), target, NOW)) {
            case Translation.Written written -> written;
            case Translation.Refused(Loss loss) -> throw new AssertionError(loss);
        };
    }

    private static Target target(String format) {
        return Target.newestOf(format(format)).orElseThrow();
    }

    private static FormatPackage format(String id) {
        return WrittenCode.VERSIONS.packages().stream()
                .filter(format -> format.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Statement a(Risk risk, Qualifier... qualifiers) {
        return statement(risk, Set.of(qualifiers), null, List.of(), ASSERTED, END);
    }

    private static Statement statement(
            Risk risk,
            Set<Qualifier> qualifiers,
            @Nullable String cause,
            List<Evidence> evidence,
            Instant assertedAt,
            Instant validUntil) {
        FormatPackage guangdong = format("yuekangma");
        return new Statement(
                guangdong.issuer(),
                guangdong.issuer().region(),
                null,
                "a state",
                risk,
                null,
                qualifiers,
                cause,
                assertedAt,
                validUntil,
                evidence,
                guangdong.versioned() + "#rule",
                TestStatements.MEANING,
                null,
                false);
    }
}
