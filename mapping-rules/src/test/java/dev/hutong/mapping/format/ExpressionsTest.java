package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
    private static final Map<String, ClaimKind> VARIABLES = Map.of(
            "state", ClaimKind.TEXT,
            "printed", ClaimKind.BOOLEAN,
            "issued", ClaimKind.SECONDS,
            "report.temperature", ClaimKind.READING);
    private static final long NOW = 1_767_600_000_000L;

    private final Expressions expressions = new Expressions(VARIABLES, true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "state == \"G\"",
                "state in [\"G\", \"Y\"]",
                "state.startsWith(\"G\")",
                "!printed && issued < now",
                "now - issued == 5 * minutes",
                "1000 * seconds * 60 == 1000 * minutes && 24 * hours == 1 * days",
                "celsius(report.temperature) >= 37.3",
                "celsius(report.temperature) > 37"
            })
    void anExpressionLooksAtClaimsUnitsAndNow(String source) {
        assertThat(expressions.condition("here", source).holds(facts("37.3"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "issued, 1767599700000",
        "issued + 7 * days, 1768204500000",
        "(printed ? now : issued) + 1, 1767599700001"
    })
    void aMomentIsInMilliseconds(String source, long moment) {
        assertThat(expressions.moment("here", source).at(facts("36.5"))).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "36,5", "三十八", "38℃"})
    void noFeverIsSeenInATemperatureThatCannotBeRead(String temperature) {
        Expressions.Condition fever = expressions.condition("here", "celsius(report.temperature) >= 37.3");
        Expressions.Condition readable = expressions.condition("here", "celsius(report.temperature) >= 0.0");
        assertThat(fever.holds(facts(temperature))).isFalse();
        assertThat(readable.holds(facts(temperature))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"37.2, false", "37.2999, false", "37.3, true", "37.30, true", "37.3001, true"})
    void celsiusIsExactAtTheFever(String temperature, boolean isFever) {
        Expressions.Condition fever = expressions.condition("here", "celsius(report.temperature) >= 37.3");
        assertThat(fever.holds(facts(temperature))).isEqualTo(isFever);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // regular expressions
                "state.matches(\"G+\")",
                "matches(state, \"G+\")",
                // macros, which are the only loops
                "[1, 2].all(x, x > 0)",
                "[1, 2].exists(x, x > 0)",
                "[1, 2].exists_one(x, x > 1)",
                "[1, 2].map(x, x).size() == 2",
                "[1, 2].filter(x, x > 0).size() == 2",
                "has(report.temperature)",
                // what nobody has declared
                "colour == \"G\"",
                "report.humidity == \"1\"",
                "weeks > 0",
                "fahrenheit(report.temperature) > 99.0",
                // another type than it must yield
                "1",
                "state",
                "issued + 1",
                "null",
                "[true]",
                // types that do not go together
                "state == 1",
                "issued > \"0\"",
                "celsius(37.3) > 1.0",
                // what only shows when it runs
                "dyn(1)",
                "dyn(state)",
                "[true, 1][0]",
                // no expression at all
                "",
                "state ==",
                "state = \"G\"",
                "true; true"
            })
    void aConditionIsRefusedWithThePlaceItStandsAt(String source) {
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> expressions.condition("statements.qualify", source))
                .withMessageStartingWith("statements.qualify: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "state", "1.5", "timestamp(\"2026-01-05T08:00:00Z\")", "dyn(1)", "[1, true][0]"})
    void aMomentIsAWholeNumber(String source) {
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> expressions.moment("statements.validity", source))
                .withMessageStartingWith("statements.validity: ");
    }

    @Test
    void whatIsCheckedWithoutAClockMustNotLookAtIt() {
        Expressions withoutNow = new Expressions(VARIABLES, false);
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> withoutNow.condition("open.malformed", "issued > now"));
    }

    @Test
    void aSourceHasAtMost500Characters() {
        String longest = "state == \"" + "x".repeat(489) + "\"";
        assertThat(longest).hasSize(Expressions.LONGEST_SOURCE);
        assertThat(expressions.condition("here", longest).holds(facts(""))).isFalse();
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> expressions.condition("here", longest + " "))
                .withMessage("here: longer than 500 characters");
    }

    @Test
    void deepNestingEndsInARefusalAndNotInAnError() {
        String deep = "(".repeat(240) + "true" + ")".repeat(240);
        try {
            assertThat(expressions.condition("here", deep).holds(facts(""))).isTrue();
        } catch (InvalidPackageException refused) {
            assertThat(refused).hasMessageStartingWith("here: ");
        }
    }

    @Test
    void anExpressionThatFailsInSpiteOfItsTypesIsABugOfThePackage() {
        Expressions.Condition failing = expressions.condition("here", "int(state) == 1");
        assertThatIllegalStateException()
                .isThrownBy(() -> failing.holds(facts("")))
                .withMessageStartingWith("here");
    }

    private static Facts facts(String temperature) {
        Claims.Builder claims = new Claims.Builder();
        claims.put("state", "G");
        claims.put("issued", NOW - 300_000L);
        Claims.Builder report = new Claims.Builder();
        report.put("report.temperature", temperature);
        return new Facts(
                List.of(report.build(), claims.build()),
                VARIABLES.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                variable -> variable.getValue().absent())),
                NOW);
    }
}
