package dev.hutong.province;

import static dev.hutong.province.Codes.passed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The claims: what is missing, of a wrong type, or contradicts itself, is the token's fault; a value outside its table is not. */
class TokenReaderPayloadTest extends TokenReaderTestBase {
    private static final long IAT = Codes.NOW.getEpochSecond();

    @ParameterizedTest
    @ValueSource(strings = {"iss", "jti", "sub", "iat", "exp", "asof", "ver", "mz"})
    void aMissingClaimIsMalformed(String claim) {
        assertMalformed(read(HEADER, Codes.yuekangma().without(claim).toString()));
        assertMalformed(read(HEADER, Codes.yuekangma().putNull(claim).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "jti", "sub", "iat", "exp", "pv", "lv", "sbsj"})
    void aMissingClaimOfTheOtherFormatIsMalformed(String claim) {
        assertMalformed(readOther(Codes.suikangma().without(claim).toString()));
        assertMalformed(readOther(Codes.suikangma().putNull(claim).toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1767600000\"", "1767600000.0", "1767600000.5", "1.7676e9", "17676E5", "1767600000e0",
                        "9223372036854775808",
                "-9223372036854775809", "9223372036854775807", "-9223372036854775808", "1e999", "1E400", "-1e999",
                        "true",
                "[1767600000]", "{}", "\"\"", "\"2026-01-05T08:00:00Z\"",
                        "99999999999999999999999999999999999999999999",
            })
    void aNumericDateIsAWholeNumberOfSeconds(String value) {
        for (String claim : new String[] {"iat", "exp", "asof"}) {
            assertMalformed(read(HEADER, with(Codes.yuekangma(), claim, value)));
        }
        assertMalformed(readOther(with(Codes.suikangma(), "sbsj", value.replace("9223372036854775807", "1.5"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NaN", "Infinity", "-Infinity", "01", "+1", "0x10", "1_000", "1.", ".5", "'1'", "1,", "", "--1"})
    void whatIsNoJsonNumberIsMalformed(String value) {
        assertMalformed(read(HEADER, PAYLOAD.replace("\"iat\":" + IAT, "\"iat\":" + value)));
        assertMalformed(read(HEADER, PAYLOAD.replace("}", ",\"x\":" + value + "}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iss | 440000",
                "jti | 1",
                "sub | []",
                "ver | '\"2\"'",
                "ver | 2.0",
                "ver | true",
                "mz | 1",
                "mz | [\"G\"]",
                "yy | 3",
                "yy | null",
                "xm | {}",
                "zj | 10",
                "hs | '\"N\"'",
                "hs | []",
                "hs | null",
                "hs | {}",
                "hs | '{\"jg\":\"N\"}'",
                "hs | '{\"sj\":1}'",
                "hs | '{\"jg\":1,\"sj\":1}'",
                "hs | '{\"jg\":\"N\",\"sj\":\"1\"}'",
                "print | '\"true\"'",
                "print | 1",
                "print | null",
                "dep | 0",
            })
    void aClaimOfAnotherTypeIsMalformed(String claim, String value) {
        assertMalformed(read(HEADER, with(Codes.yuekangma(), claim, value)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lv | '\"1\"'",
                "lv | 1.0",
                "pv | '\"2\"'",
                "sbsj | '\"1\"'",
                "hsjc | '\"阴性\"'",
                "hsjc | '{\"jg\":\"阴性\",\"sj\":1767600000}'",
                "hsjc | '{\"jg\":\"阴性\",\"sj\":\"2026-01-05T15:00:00\"}'",
                "hsjc | '{\"jg\":\"阴性\",\"sj\":\"2026-02-30 15:00:00\"}'",
                "hsjc | '{\"jg\":\"阴性\",\"sj\":\"2026-1-5 15:00:00\"}'",
                "zjlx | 10",
            })
    void aClaimOfAnotherTypeInTheOtherFormatIsMalformed(String claim, String value) {
        assertMalformed(readOther(with(Codes.suikangma(), claim, value)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mz | '\"B\"'",
                "mz | '\"g\"'",
                "mz | '\"\"'",
                "ver | 3",
                "ver | -1",
                "zj | '\"11\"'",
                "yy | '\"R9\"'"
            })
    void aWellTypedValueOutsideItsTableIsForTheRulesToRefuse(String claim, String value) {
        passed(read(HEADER, with(Codes.yuekangma(), claim, value)));
    }

    @Test
    void anUnknownColourOfTheOtherFormatIsForTheRulesToo() {
        passed(readOther(Codes.suikangma().put("lv", 9).toString()));
        passed(readOther(Codes.suikangma().put("pv", 7).toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"mz\":\"R\"",
                "\"mz\":\"G\"",
                "\"\\u006dz\":\"R\"",
                "\"iat\":1",
                "\"x\":1,\"x\":1",
                "\"x\":{\"y\":1,\"y\":2}",
                "\"x\":[{\"y\":{\"z\":1,\"\\u007a\":1}}]",
                "\"hs\":{\"jg\":\"P\",\"jg\":\"N\",\"sj\":1}",
                "\"\":1,\"\":2",
            })
    void aMemberThatStandsTwiceIsMalformedAtAnyDepthAndInWhatIsIgnoredToo(String members) {
        assertMalformed(read(HEADER, PAYLOAD.replace("}", "," + members + "}")));
        assertMalformed(read(HEADER, PAYLOAD.replace("{", "{" + members + ",")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"aud\":\"x\"",
                "\"nbf\":\"never\"",
                "\"MZ\":\"R\"",
                "\"mz \":\"R\"",
                "\"iat.\":1.5",
                "\"x\":null",
                "\"x\":[[[[1]]]]",
                "\"hs.jg\":\"P\"",
                "\"__proto__\":{\"mz\":\"R\"}",
            })
    void whatTheFormatDoesNotNameIsIgnored(String member) {
        Token token = passed(read(HEADER, PAYLOAD.replace("}", "," + member + "}")));
        assertThat(token.claims().text("mz")).isEqualTo("G");
        assertThat(token.claims().has("hs.jg")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "null", "[]", "\"\"", "1", "true", "{", "{}", "{}{}", "[{}]",
            })
    void aPayloadThatIsNoObjectOfClaimsIsMalformed(String payload) {
        assertMalformed(read(HEADER, payload));
    }

    @Test
    void whatStandsBehindThePayloadIsMalformed() {
        for (String tail : new String[] {"x", "{}", ",", "//", "\u0000", "\u00a0", "]"}) {
            assertMalformed(read(HEADER, PAYLOAD + tail));
        }
        passed(read(HEADER, " \t\r\n" + PAYLOAD + " \t\r\n"));
    }

    @Test
    void nestingHasABound() {
        passed(read(HEADER, PAYLOAD.replace("}", ",\"x\":" + "[".repeat(31) + "]".repeat(31) + "}")));
        assertMalformed(read(HEADER, PAYLOAD.replace("}", ",\"x\":" + "[".repeat(32) + "]".repeat(32) + "}")));
        assertMalformed(read(HEADER, PAYLOAD.replace("}", ",\"x\":" + "[".repeat(100_000))));
    }

    @ParameterizedTest
    @CsvSource({
        "600, false, true",
        "601, false, false",
        "604800, true, true",
        "604801, true, false",
        "0, false, true",
        "-1, false, true"
    })
    void aLifetimeAboveTheMaximumIsMalformed(long lifetime, boolean print, boolean whole) {
        ObjectNode claims = Codes.yuekangma().put("exp", IAT + lifetime).put("print", print);
        assertThat(read(HEADER, claims.toString()) instanceof Outcome.Passed).isEqualTo(whole);
    }

    @Test
    void theOtherFormatLivesForFiveMinutesAtMost() {
        passed(readOther(Codes.suikangma().put("exp", IAT + 300).toString()));
        assertMalformed(readOther(Codes.suikangma().put("exp", IAT + 301).toString()));
        assertMalformed(readOther(
                Codes.suikangma().put("exp", IAT + 600).put("print", true).toString()));
    }

    @Test
    void timesInMillisecondsLiveTooLong() {
        assertMalformed(read(
                HEADER,
                Codes.yuekangma()
                        .put("iat", IAT * 1000)
                        .put("exp", (IAT + 600) * 1000)
                        .toString()));
        assertMalformed(
                read(HEADER, Codes.yuekangma().put("exp", (IAT + 600) * 1000).toString()));
    }

    @Test
    void noExtremeOfTimeBreaksTheArithmetic() {
        long farthest = ((1L << 62) - 1) / 1000;
        assertMalformed(read(
                HEADER,
                Codes.yuekangma().put("iat", -farthest).put("exp", farthest).toString()));
        assertMalformed(read(HEADER, Codes.yuekangma().put("iat", -farthest).toString()));
        passed(read(
                HEADER,
                Codes.yuekangma().put("iat", farthest).put("exp", farthest).toString()));
        passed(read(
                HEADER,
                Codes.yuekangma()
                        .put("iat", farthest)
                        .put("exp", -farthest)
                        .put("asof", -farthest)
                        .toString()));
        assertMalformed(read(HEADER, Codes.yuekangma().put("exp", farthest + 1).toString()));
    }

    @Test
    void aStatusIsNotComputedAfterItsCode() {
        passed(read(HEADER, Codes.yuekangma().put("asof", IAT).toString()));
        assertMalformed(read(HEADER, Codes.yuekangma().put("asof", IAT + 1).toString()));
    }

    @Test
    void aDeclarationIsNotMadeAfterItsCode() {
        passed(readOther(Codes.suikangma().put("sbsj", IAT * 1000).toString()));
        assertMalformed(readOther(Codes.suikangma().put("sbsj", IAT * 1000 + 1).toString()));
    }

    @Test
    void theFirstVocabulariesHaveNoYellow() {
        assertMalformed(
                read(HEADER, Codes.yuekangma().put("ver", 1).put("mz", "Y").toString()));
        passed(read(HEADER, Codes.yuekangma().put("ver", 1).put("mz", "R").toString()));
        assertMalformed(readOther(Codes.suikangma().put("pv", 1).put("lv", 2).toString()));
        passed(readOther(Codes.suikangma().put("pv", 1).put("lv", 3).toString()));
    }

    private static String with(ObjectNode claims, String claim, String json) {
        return claims.put(claim, "RAW").toString().replace("\"RAW\"", json);
    }
}
