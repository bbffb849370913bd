package dev.hutong.mapping.policy;

import static dev.hutong.mapping.TestStatements.END;
import static dev.hutong.mapping.TestStatements.NOW;
import static dev.hutong.mapping.TestStatements.feverish;
import static dev.hutong.mapping.TestStatements.green;
import static dev.hutong.mapping.TestStatements.red;
import static dev.hutong.mapping.TestStatements.unmapped;
import static dev.hutong.mapping.TestStatements.yellow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.TestStatements;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final Policy POLICY = TestPolicies.example();

    @Test
    void aPolicyIsCitedWithItsVersion() {
        assertThat(POLICY.versioned()).isEqualTo("example@2.1.0");
    }

    @Nested
    class TheWorstValidStatementDecides {
        @Test
        void oneGreenIsLow() {
            assertDecided(judge(green()), Risk.LOW);
        }

        @Test
        void greensAreLow() {
            assertDecided(judge(green(), green()), Risk.LOW);
        }

        @Test
        void aYellowAmongGreensIsMedium() {
            assertDecided(judge(green(), yellow(), green()), Risk.MEDIUM);
        }

        @Test
        void aRedAmongYellowsIsHigh() {
            assertDecided(judge(yellow(), red(), green()), Risk.HIGH);
        }

        @Test
        void aRedIsHighWhateverElseIsUnknown() {
            assertDecided(judge(unmapped(), red(), yellow().expired()), Risk.HIGH);
        }

        @Test
        void aYellowIsMediumWhateverElseIsUnknown() {
            assertDecided(judge(unmapped(), yellow(), red().expired()), Risk.MEDIUM);
        }

        @Test
        void theValidityIsTheEarliestAmongTheValidStatements() {
            Instant earlier = END.minusMillis(1);
            Verdict verdict = judge(
                    red(),
                    green().until(earlier),
                    yellow().until(END.minusSeconds(60)).expired());
            assertThat(verdict.validUntil()).isEqualTo(earlier);
        }

        @Test
        void theQualifiersAreThoseOfTheStatementsThatDecided() {
            Verdict verdict = judge(
                    yellow().with(Qualifier.CLOSE_CONTACT),
                    yellow().with(Qualifier.PRINTED),
                    green().with(Qualifier.SELF_DECLARED),
                    red().with(Qualifier.STALE).expired());
            assertThat(verdict.qualifiers()).containsExactly(Qualifier.CLOSE_CONTACT, Qualifier.PRINTED);
        }
    }

    @Nested
    class WhatIsNotKnownNeverBecomesGreen {
        @Test
        void anUnmappedStatementForbidsGreen() {
            assertUnknown(judge(green(), unmapped()), Reason.UNMAPPED_STATUS);
        }

        @Test
        void anUnmappedStatementForbidsGreenWhateverReasonItIsToldWith() {
            assertUnknown(judge(green(), unmapped().over(Reason.EXPIRED_CODE)), Reason.EXPIRED_CODE);
        }

        @Test
        void aYellowThatLapsedForbidsGreen() {
            assertUnknown(judge(green(), yellow().expired()), Reason.EXPIRED_STATEMENT);
        }

        @Test
        void aRedThatLapsedForbidsGreen() {
            assertUnknown(judge(red().over(Reason.EXPIRED_DECLARATION), green()), Reason.EXPIRED_DECLARATION);
        }

        @Test
        void anExpiredGreenCountsForNothing() {
            assertDecided(judge(green().expired(), green()), Risk.LOW);
        }

        @Test
        void anExpiredGreenShortensNothing() {
            Verdict verdict = judge(green().until(END.minusSeconds(3600)).expired(), green());
            assertThat(verdict.validUntil()).isEqualTo(END);
        }

        @Test
        void anExpiredGreenAloneIsUnknown() {
            assertUnknown(judge(green().expired()), Reason.EXPIRED_STATEMENT);
        }

        @ParameterizedTest
        @EnumSource
        void aSingleStatementThatSaysNothingIsUnknownForItsReason(Reason reason) {
            assertUnknown(judge(green().over(reason)), reason);
        }

        @Test
        void amongSeveralReasonsTheFirstIsTold() {
            assertUnknown(
                    judge(green().expired(), unmapped(), yellow().over(Reason.EXPIRED_DECLARATION)),
                    Reason.UNMAPPED_STATUS);
            assertUnknown(
                    judge(yellow().expired(), green(), yellow().over(Reason.EXPIRED_DECLARATION)),
                    Reason.EXPIRED_DECLARATION);
        }
    }

    @Nested
    class AReadingOnSite {
        @ParameterizedTest
        @ValueSource(strings = {"34.0", "34", "34.00", "36.5", "37.2", "37.20"})
        void clearsAYellowWhoseOnlyGroundIsATemperature(String reading) {
            Verdict verdict = POLICY.judge(new Presented(List.of(feverish().make()), reading, NOW));
            assertDecided(verdict, Risk.LOW);
            assertThat(verdict.qualifiers()).isEmpty();
            assertThat(verdict.validUntil()).isEqualTo(END);
            assertThat(verdict.ground()).contains("reading");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "33.9", "33.9999", "37.3", "37.2001", "37.25", "0", "100", "", "36,5", "36.5℃", " 36.5", "-36.5",
                    "NaN"
                })
        void clearsNothingOutsideItsRangeOrWhereItCannotBeRead(String reading) {
            Verdict verdict = POLICY.judge(new Presented(List.of(feverish().make()), reading, NOW));
            assertDecided(verdict, Risk.MEDIUM);
            assertThat(verdict.qualifiers()).containsExactly(Qualifier.TEMPERATURE_ONLY);
        }

        @Test
        void isNeededToClear() {
            assertDecided(judge(feverish()), Risk.MEDIUM);
        }

        @Test
        void leavesTheOtherQualifiers() {
            Verdict verdict = judgeWithNormalReading(
                    yellow().with(Qualifier.TEMPERATURE_ONLY, Qualifier.SELF_DECLARED, Qualifier.PRINTED));
            assertDecided(verdict, Risk.LOW);
            assertThat(verdict.qualifiers()).containsExactly(Qualifier.SELF_DECLARED, Qualifier.PRINTED);
        }

        @Test
        void clearsNoOtherYellow() {
            assertDecided(judgeWithNormalReading(yellow()), Risk.MEDIUM);
            assertDecided(judgeWithNormalReading(feverish(), yellow()), Risk.MEDIUM);
        }

        @Test
        void clearsNoRed() {
            assertDecided(judgeWithNormalReading(red().with(Qualifier.TEMPERATURE_ONLY)), Risk.HIGH);
            assertDecided(judgeWithNormalReading(feverish(), red()), Risk.HIGH);
        }

        @Test
        void clearsNoCloseContact() {
            assertDecided(
                    judgeWithNormalReading(yellow().with(Qualifier.TEMPERATURE_ONLY, Qualifier.CLOSE_CONTACT)),
                    Risk.MEDIUM);
        }

        @Test
        void clearsNoYellowThatHasACause() {
            assertDecided(judgeWithNormalReading(feverish().because("R6")), Risk.MEDIUM);
        }

        @Test
        void clearsNoYellowBesideAPositivePcr() {
            assertDecided(judgeWithNormalReading(feverish().withPcr("POSITIVE")), Risk.MEDIUM);
            assertDecided(judgeWithNormalReading(feverish().withPcr("NEGATIVE")), Risk.LOW);
        }

        @Test
        void clearsNothingThatHasLapsed() {
            assertUnknown(judgeWithNormalReading(feverish().expired()), Reason.EXPIRED_STATEMENT);
            assertUnknown(judgeWithNormalReading(feverish().expired(), green()), Reason.EXPIRED_STATEMENT);
        }

        @Test
        void makesNoGreenBesideWhatForbidsIt() {
            assertUnknown(judgeWithNormalReading(feverish(), unmapped()), Reason.UNMAPPED_STATUS);
        }

        @Test
        void isNoGroundWhereThereWasNothingToClear() {
            assertThat(judgeWithNormalReading(green()).ground())
                    .isEqualTo(judge(green()).ground());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "warm", "37,2", "-1", "33.9", "37.3"})
    void aClearingRangeIsInDegreesCelsius(String end) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClearingRange(end, "37.2"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ClearingRange("34.0", end));
    }

    private static Verdict judge(TestStatements... statements) {
        return judge(null, statements);
    }

    private static Verdict judgeWithNormalReading(TestStatements... statements) {
        return judge("36.5", statements);
    }

    private static Verdict judge(@Nullable String reading, TestStatements... statements) {
        List<Statement> made = Stream.of(statements).map(TestStatements::make).toList();
        return POLICY.judge(new Presented(made, reading, NOW));
    }

    private static void assertDecided(Verdict verdict, Risk risk) {
        assertThat(verdict.risk()).isEqualTo(risk);
        assertThat(verdict.reason()).isNull();
        assertThat(verdict.validUntil()).isNotNull();
    }

    private static void assertUnknown(Verdict verdict, Reason reason) {
        assertThat(verdict.risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.validUntil()).isNull();
        assertThat(verdict.qualifiers()).isEmpty();
    }
}
