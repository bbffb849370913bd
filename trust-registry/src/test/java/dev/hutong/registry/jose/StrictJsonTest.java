package dev.hutong.registry.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "[1",
                "[1,",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "nul",
                "truex", // incomplete
                "{} {}",
                "{}x",
                "1 2",
                "[] ,",
                "{}//c", // something follows
                "{\"alg\":1,\"alg\":1}",
                "{\"alg\":1,\"\\u0061lg\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "[[{\"b\":null,\"b\":null}]]",
                "{\"a\":1,\"b\":2,\"a\":3}",
                "{\"\":1,\"\":2}", // twice
                "/*c*/{}",
                "{/*c*/}",
                "#c\n{}",
                "{'a':1}",
                "{a:1}",
                "[NaN]",
                "[Infinity]",
                "[-Infinity]",
                "[+1]", // extensions
                "[01]",
                "[-01]",
                "[00]",
                "[1.]",
                "[.5]",
                "[1e]",
                "[0x1]",
                "[-]",
                "[1_0]", // numbers
                "[1e999]",
                "[1e309]",
                "[1e-999]",
                "[1e999999999]",
                "[1e99999999999999999999]",
                "[\"\\ud800\"]",
                "[\"\\udc00\"]",
                "[\"\\udc00\\ud800\"]",
                "[\"\\ud83dx\"]",
                "{\"\\ud800\":1}",
                "[\"\\ud83d\\ud83d\"]",
                "[\"\\x41\"]",
                "[\"\\u12\"]",
                "[\"a\nb\"]",
                "[\"\t\"]",
                "[\"\u0000\"]",
                "\u000b{}",
                "\u00a0{}",
                "\ufeff{}",
                "{}\u0000"
            })
    void refusesWhatReadersDisagreeAbout(String text) {
        byte[] utf8 = Keys.utf8(text);
        assertThat(StrictJson.read(utf8)).isEmpty();
        assertThat(StrictJson.faultIn(utf8))
                .hasValueSatisfying(why ->
                        assertThat(why).isNotBlank().doesNotContain("Source", "Stream", "REDACTED", "JsonToken"));
    }

    @Test
    void whereTheTextIsWrongIsSaidInOurOwnWords() {
        assertThat(StrictJson.faultIn(Keys.utf8("{\"a\":1")).orElseThrow())
                .startsWith("It ends too early, in line 1, column ");
        assertThat(StrictJson.faultIn(Keys.utf8("[\n1 2]")).orElseThrow())
                .isEqualTo("It is not JSON (RFC 8259), in line 2, column 3");
        assertThat(StrictJson.faultIn(Keys.utf8("[".repeat(33))).orElseThrow())
                .startsWith("It nests deeper than 32")
                .doesNotContain("StreamReadConstraints");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "225bc0af5d", // overlong /
                "22c08022",
                "22c1bf22",
                "22e0808022",
                "22e09fbf22",
                "22f080808022",
                "22f08fbfbf22", // overlong
                "22eda08022",
                "22edbfbf22",
                "22eda0bdedb88022", // surrogates, and CESU-8
                "22f490808022",
                "22f5808080",
                "22ff22",
                "22fe22", // beyond U+10FFFF
                "228022",
                "22c322",
                "22e28222",
                "22f09f9822",
                "22c3", // cut off
                "efbbbf7b7d", // byte order mark
                "fffe7b007d00",
                "feff007b007d",
                "7b007d00",
                "007b007d",
                "7b0000007d000000",
                "0000007b0000007d" // UTF-16, UTF-32
            })
    void refusesWhatIsNotUtf8(String hex) {
        assertThat(StrictJson.read(Keys.hex(hex))).isEmpty();
    }

    @Test
    void readsEveryKindOfValue() {
        JsonNode json =
                read("{\"s\":\"粤\\u7ca4\\ud83d\\ude00😀\",\"n\":null,\"t\":true,\"f\":false,\"a\":[{},[],-0.5]}");
        assertThat(json.get("s").textValue()).isEqualTo("粤粤😀😀");
        assertThat(json.get("n").isNull()).isTrue();
        assertThat(json.get("t").booleanValue()).isTrue();
        assertThat(json.get("a").get(2).decimalValue()).isEqualByComparingTo("-0.5");
        assertThat(read("\"\\u0000\"").textValue()).isEqualTo("\u0000");
        assertThat(read(" [ 1 , 2 ]\r\n").size()).isEqualTo(2);
    }

    @Test
    void aDecimalIsNeverTakenForAnInteger() {
        assertThat(read("1").isIntegralNumber()).isTrue();
        assertThat(read("9223372036854775808").isBigInteger()).isTrue();
        assertThat(read("1.0").isIntegralNumber()).isFalse();
        assertThat(read("1e3").isIntegralNumber()).isFalse();
        assertThat(read("0.1").decimalValue()).isEqualTo(new java.math.BigDecimal("0.1"));
        assertThat(read("1e308").isIntegralNumber()).isFalse();
    }

    @Test
    void nestingEndsAtThirtyTwo() {
        assertThat(StrictJson.read(Keys.utf8("[".repeat(32) + "]".repeat(32)))).isPresent();
        assertThat(StrictJson.read(Keys.utf8("[".repeat(33) + "]".repeat(33)))).isEmpty();
        assertThat(StrictJson.read(Keys.utf8("{\"a\":".repeat(32) + "1" + "}".repeat(32))))
                .isPresent();
        assertThat(StrictJson.read(Keys.utf8("{\"a\":".repeat(33) + "1" + "}".repeat(33))))
                .isEmpty();
        assertThat(StrictJson.read(Keys.utf8("[".repeat(60_000)))).isEmpty();
    }

    @Test
    void numbersEndAtSixtyFourCharacters() {
        assertThat(StrictJson.read(Keys.utf8("1".repeat(64)))).isPresent();
        assertThat(StrictJson.read(Keys.utf8("1".repeat(65)))).isEmpty();
        assertThat(StrictJson.read(Keys.utf8("0." + "1".repeat(65)))).isEmpty();
    }

    @Property
    void neverThrows(@ForAll byte[] octets) {
        assertThat(StrictJson.read(octets).isPresent())
                .isNotEqualTo(StrictJson.faultIn(octets).isPresent());
    }

    @Property
    void utf8IsJudgedAsTheJdkDoes(@ForAll byte[] octets) {
        boolean jdk;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(octets));
            jdk = true;
        } catch (java.nio.charset.CharacterCodingException malformed) {
            jdk = false;
        }
        assertThat(StrictUtf8.isWellFormed(octets)).isEqualTo(jdk);
    }

    private static JsonNode read(String text) {
        return StrictJson.read(Keys.utf8(text)).orElseThrow();
    }

    @Test
    void utf8IsJudgedAsTheJdkDoesAtEveryBoundaryOfItsTable() {
        int[] seconds = {0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0};
        for (int lead = 0; lead <= 0xFF; lead++) {
            for (int second : seconds) {
                byte[] whole = {(byte) lead, (byte) second, (byte) 0x80, (byte) 0xBF};
                for (int length = 1; length <= whole.length; length++) {
                    byte[] octets = Arrays.copyOf(whole, length);
                    assertThat(StrictUtf8.isWellFormed(octets))
                            .as(HexFormat.of().formatHex(octets))
                            .isEqualTo(isUtf8ForTheJdk(octets));
                }
            }
        }
    }

    private static boolean isUtf8ForTheJdk(byte[] octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
