package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimKindTest {
    private static final Set<ClaimKind> NESTING = Set.of(ClaimKind.OBJECT, ClaimKind.LIST);

    @Test
    void textIsKeptAsItStands() throws JsonProcessingException {
        assertThat(ClaimKind.TEXT.read(json("\" null \\\"\""))).isEqualTo(" null \"");
        assertThat(ClaimKind.TEXT.read(json("\"\""))).isEqualTo("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "null", "{}", "[]", "1.5"})
    void nothingButTextIsText(String json) throws JsonProcessingException {
        assertThat(ClaimKind.TEXT.read(json(json))).isNull();
        assertThat(ClaimKind.WORDS.read(json(json))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`居家隔离`, 居家隔离",
                "` 居家 隔离 `, 居家 隔离",
                "`　居家隔离　`, 居家隔离",
                "`\"居家隔离\"`, 居家隔离",
                "`'居家隔离'`, 居家隔离",
                "`“居家隔离”`, 居家隔离",
                "`\"'居家隔离'\"`, 居家隔离",
                "`null`, ``",
                "` null `, ``",
                "`\"null\"`, ``",
                "`“null”`, ``",
                "``, ``",
                "`   `, ``",
                "`\"\"`, ``",
                "`\"`, ``",
                "`\" \"`, ``",
                "`nullable`, nullable",
                "`\"null`, `\"null`",
                "`不是\"红码\"`, `不是\"红码\"`"
            })
    void wordsAreCleanedOfQuotesAndNull(String written, String cleaned) {
        assertThat(ClaimKind.WORDS.read(JsonNodeFactory.instance.textNode(written)))
                .isEqualTo(cleaned);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "true", "null", "[]", "{\"a\":1}"})
    void aStateThatIsNoTextIsNoKnownState(String json) throws JsonProcessingException {
        assertThat(ClaimKind.STATE.read(json(json))).isEqualTo("");
    }

    @Test
    void aStateIsKeptAsItStands() throws JsonProcessingException {
        assertThat(ClaimKind.STATE.read(json("\" 00\""))).isEqualTo(" 00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"37.30\" | 37.30",
                "37.3 | 37.3",
                "38 | 38",
                "null | ?",
                "true | ?",
                "[] | ?",
                "[\"<b>\"] | ?",
                "{\"name\":\"<b>\"} | ?"
            })
    void aReadingIsTextOrANumberAsItWasWrittenAndNothingElseIsEchoed(String json, String read)
            throws JsonProcessingException {
        assertThat(ClaimKind.READING.read(json(json))).isEqualTo(read.replace("\"", ""));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void anIntegerIsAWholeNumberOf64Bits(long number) throws JsonProcessingException {
        assertThat(ClaimKind.INTEGER.read(json(Long.toString(number)))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "1.0",
                "1e3",
                "1e999",
                "\"1\"",
                "true",
                "null",
                "[1]"
            })
    void nothingElseIsAWholeNumber(String json) throws JsonProcessingException {
        assertThat(ClaimKind.INTEGER.read(json(json))).isNull();
        assertThat(ClaimKind.SECONDS.read(json(json))).isNull();
        assertThat(ClaimKind.MILLISECONDS.read(json(json))).isNull();
    }

    @Test
    void timesAreInMilliseconds() throws JsonProcessingException {
        assertThat(ClaimKind.SECONDS.read(json("1767600000"))).isEqualTo(1_767_600_000_000L);
        assertThat(ClaimKind.SECONDS.read(json("-1"))).isEqualTo(-1_000L);
        assertThat(ClaimKind.MILLISECONDS.read(json("1767600000001"))).isEqualTo(1_767_600_000_001L);
    }

    @ParameterizedTest
    @EnumSource(names = {"SECONDS", "MILLISECONDS"})
    void theDifferenceOfTheFarthestTimesFits64Bits(ClaimKind kind) {
        long farthest = kind == ClaimKind.SECONDS ? ((1L << 62) - 1) / 1000 : (1L << 62) - 1;
        Object last = kind.read(JsonNodeFactory.instance.numberNode(farthest));
        Object first = kind.read(JsonNodeFactory.instance.numberNode(-farthest));
        assertThat(last).isInstanceOf(Long.class);
        assertThat(first).isInstanceOf(Long.class);
        if (last instanceof Long later && first instanceof Long earlier) {
            assertThat(Math.subtractExact(later, earlier)).isPositive();
        }
        assertThat(kind.read(JsonNodeFactory.instance.numberNode(farthest + 1))).isNull();
        assertThat(kind.read(JsonNodeFactory.instance.numberNode(-farthest - 1)))
                .isNull();
    }

    @Test
    void aDateIsTheBeginningOfItsDayInBeijing() throws JsonProcessingException {
        assertThat(ClaimKind.DATE.read(json("\"2026-01-05\"")))
                .isEqualTo(Instant.parse("2026-01-04T16:00:00Z").toEpochMilli());
        assertThat(ClaimKind.DATE.read(json("\"2024-02-29\""))).isNotNull();
        assertThat(ClaimKind.DATE.read(json("\"9999-12-31\""))).isNotNull();
    }

    @Test
    void aLocalTimeIsInBeijing() throws JsonProcessingException {
        assertThat(ClaimKind.LOCAL_TIME.read(json("\"2026-01-05 10:22:33\"")))
                .isEqualTo(Instant.parse("2026-01-05T02:22:33Z").toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-1-5",
                "2026-02-29",
                "2026-02-30",
                "2026-04-31",
                "2026-13-01",
                "2026-00-10",
                "2026-01-00",
                "26-01-05",
                "02026-01-05",
                "+2026-01-05",
                "-2026-01-05",
                "+12026-01-05",
                "+999999999-01-05",
                "-999999999-01-05",
                "2026/01/05",
                "20260105",
                " 2026-01-05",
                "2026-01-05 ",
                "2026-01-05\n",
                "２０２６-01-05",
                "2026-01-05 00:00:00"
            })
    void aDateIsStrict(String text) {
        assertThat(ClaimKind.DATE.read(JsonNodeFactory.instance.textNode(text))).isNull();
        assertThat(ClaimKind.LOCAL_TIME.read(JsonNodeFactory.instance.textNode(text + " 10:22:33")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-05", "2026-01-05 24:00:00", "2026-01-05 23:60:00", "2026-01-05 23:59:60", "2026-01-05 1:02:03",
                "2026-01-05 10:22", "2026-01-05T10:22:33", "2026-01-05  10:22:33", "2026-01-05 10:22:33.1",
                        "2026-01-05 10:22:33Z",
                "2026-01-05 10:22:3３", "+999999999-12-31 23:59:59"
            })
    void aLocalTimeIsStrict(String text) {
        assertThat(ClaimKind.LOCAL_TIME.read(JsonNodeFactory.instance.textNode(text)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"20260105", "null", "true", "[]"})
    void aDateThatIsNoTextIsNone(String json) throws JsonProcessingException {
        assertThat(ClaimKind.DATE.read(json(json))).isNull();
        assertThat(ClaimKind.LOCAL_TIME.read(json(json))).isNull();
    }

    @Test
    void aBooleanIsTrueOrFalse() throws JsonProcessingException {
        assertThat(ClaimKind.BOOLEAN.read(json("true"))).isEqualTo(true);
        assertThat(ClaimKind.BOOLEAN.read(json("false"))).isEqualTo(false);
        assertThat(ClaimKind.BOOLEAN.read(json("\"true\""))).isNull();
        assertThat(ClaimKind.BOOLEAN.read(json("1"))).isNull();
        assertThat(ClaimKind.BOOLEAN.read(json("null"))).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void onlyObjectsAndListsAreNoScalars(ClaimKind kind) {
        assertThat(kind.isScalar()).isEqualTo(!NESTING.contains(kind));
        if (kind.isScalar()) {
            assertThat(kind.absent()).isIn("", false, 0L);
        } else {
            assertThatIllegalStateException().isThrownBy(kind::absent);
            assertThatIllegalStateException().isThrownBy(() -> kind.read(JsonNodeFactory.instance.objectNode()));
        }
    }

    @Property
    void everyDayOfTenThousandYearsIsReadBack(@ForAll @IntRange(min = -719_528, max = 2_932_896) int epochDay) {
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        String text = DateTimeFormatter.ISO_LOCAL_DATE.format(day);
        assertThat(ClaimKind.DATE.read(JsonNodeFactory.instance.textNode(text)))
                .isEqualTo(day.atStartOfDay(ZoneOffset.ofHours(8)).toInstant().toEpochMilli());
    }

    @Property
    void noTextIsTooMuchForAnyKind(@ForAll String text) {
        for (ClaimKind kind : ClaimKind.values()) {
            if (kind.isScalar()) {
                kind.read(JsonNodeFactory.instance.textNode(text));
            }
        }
    }

    private static JsonNode json(String json) throws JsonProcessingException {
        return new ObjectMapper().readTree(json);
    }
}
