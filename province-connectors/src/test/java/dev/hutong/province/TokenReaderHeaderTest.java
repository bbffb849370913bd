package dev.hutong.province;

import static dev.hutong.province.Codes.passed;
import static dev.hutong.province.Codes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header is exactly {@code alg}, {@code kid} and {@code typ}; nothing a token says about its own key is acted upon. */
class TokenReaderHeaderTest extends TokenReaderTestBase {
    @Test
    void theOrderOfMembersAndWhiteSpaceMeanNothing() {
        passed(read("{\"typ\":\"ykm+jwt\",\"kid\":\"a\",\"alg\":\"ES256\"}", PAYLOAD));
        passed(read(" {\n\t\"kid\" : \"a\" ,\r\n\"alg\":\"\\u0045S256\",\"typ\":\"ykm\\u002bjwt\"} ", PAYLOAD));
    }

    /** Whether it is the key's is for the registry to say, behind whether the key is known. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "nOnE", "", "HS256", "RS256", "ES384", "es256", "SM2", "EdDSA", "ES256 "})
    void anyTextIsAnAlgorithmHere(String alg) {
        assertThat(passed(read(HEADER.replace("ES256", alg), PAYLOAD)).signed().alg())
                .isEqualTo(alg);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[\"ES256\"]", "{}", "1", "true", "[]"})
    void aMemberThatIsNoTextIsMalformed(String value) {
        assertMalformed(read(HEADER.replace("\"ES256\"", value), PAYLOAD));
        assertMalformed(read(HEADER.replace("\"a\"", value), PAYLOAD));
        assertMalformed(read(HEADER.replace("\"ykm+jwt\"", value), PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"alg\":\"ES256\"",
                "\"kid\":\"a\"",
                "\"typ\":\"ykm+jwt\"",
            })
    void aMemberTooFewIsMalformed(String member) {
        String fewer =
                HEADER.replace(member, "").replace(",,", ",").replace("{,", "{").replace(",}", "}");
        assertMalformed(read(fewer, PAYLOAD));
        assertMalformed(read(HEADER.replace(member, "\"x\":\"y\""), PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "\"jku\":\"https://example.com/keys\"",
                "\"x5u\":\"https://example.com/certificate\"",
                "\"x5c\":[\"MIIB\"]",
                "\"x5t\":\"AA\"",
                "\"x5t#S256\":\"AA\"",
                "\"crit\":[\"exp\"]",
                "\"crit\":[]",
                "\"b64\":false",
                "\"b64\":false,\"crit\":[\"b64\"]",
                "\"zip\":\"DEF\"",
                "\"cty\":\"JWT\"",
                "\"enc\":\"A128GCM\"",
                "\"iss\":\"440000.yuekangma\"",
                "\"url\":\"http://127.0.0.1\"",
                "\"nonce\":\"1\"",
                "\"ALG\":\"none\"",
                "\"Alg\":\"none\"",
                "\"\":\"\"",
            })
    void aMemberTooManyIsMalformed(String member) {
        assertMalformed(read(HEADER.replace("}", "," + member + "}"), PAYLOAD));
        assertMalformed(read(HEADER.replace("{", "{" + member + ","), PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"alg\":\"none\"",
                "\"alg\":\"ES256\"",
                "\"\\u0061lg\":\"none\"",
                "\"\\u0061\\u006c\\u0067\":\"ES256\"",
                "\"kid\":\"b\"",
                "\"k\\u0069d\":\"b\"",
                "\"typ\":\"JWT\"",
                "\"ty\\u0070\":\"ykm+jwt\"",
            })
    void aMemberThatStandsTwiceIsMalformedHoweverItIsWritten(String member) {
        assertMalformed(read(HEADER.replace("}", "," + member + "}"), PAYLOAD));
        assertMalformed(read(HEADER.replace("{", "{" + member + ","), PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "YKM+JWT",
                "Ykm+jwt",
                "ykm+JWT",
                "ykm+jwt ",
                " ykm+jwt",
                "application/ykm+jwt",
                "JWT",
                "jwt",
                "",
                "skm+jwt",
                "jkm-answer+jwt",
                "gjm-code+jwt",
                "gjm-report+jwt",
                "hutong-decision+jwt",
                "at+jwt",
                "ykm+jwt\\u0000",
                "ykm\\u200b+jwt",
                "ykm+jws",
                "ykm",
                "ykm+jwt+jwt",
            })
    void oneKindOfTokenIsNotUsedAsAnother(String typ) {
        assertMalformed(read(HEADER.replace("ykm+jwt", typ), PAYLOAD));
    }

    @Test
    void aTokenOfOneFormatIsNoneOfAnother() {
        assertMalformed(TokenReader.read(utf8(Codes.unsigned(HEADER, PAYLOAD)), SKM));
        assertMalformed(read(HEADER.replace("ykm", "skm"), Codes.suikangma().toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "1",
                "\"ES256\"",
                "[]",
                "{}",
                "[\"ES256\",\"a\",\"ykm+jwt\"]",
                "{",
                "}",
                "{\"alg\"}",
                "NaN",
                "undefined",
                "alg=ES256",
                "<alg/>",
                "\u0000",
            })
    void aHeaderThatIsNoObjectOfThreeIsMalformed(String header) {
        assertMalformed(read(header, PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s{}",
                "%snull",
                "%s,",
                "%s]",
                "%s//c",
                "%s/*c*/",
                "//c\n%s",
                "/*c*/%s",
                "#c\n%s",
                ")]}',\n%s",
                "[%s]",
                "%s%<s",
            })
    void whatStandsAroundTheHeaderIsMalformed(String around) {
        assertMalformed(read(around.formatted(HEADER), PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800",
                "\\udc00",
                "\\udc00\\ud800",
                "\\ud83dx",
                "\\u12",
                "\\x41",
                "\\'",
                "\u0001",
                "\n",
            })
    void aKidThatIsNoTextForEveryReaderIsMalformed(String kid) {
        assertMalformed(read(HEADER.replace("\"a\"", "\"" + kid + "\""), PAYLOAD));
    }

    @Test
    void octetsThatAreNoUtf8AreMalformed() {
        for (String kid : new String[] {"\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00e2\u0082"}) {
            byte[] header = HEADER.replace("\"a\"", "\"" + kid + "\"").getBytes(StandardCharsets.ISO_8859_1);
            assertMalformed(read(compact(header, utf8(PAYLOAD), new byte[64])));
        }
        assertMalformed(read(compact(HEADER.getBytes(StandardCharsets.UTF_16LE), utf8(PAYLOAD), new byte[64])));
        assertMalformed(read(compact(HEADER.getBytes(StandardCharsets.UTF_16), utf8(PAYLOAD), new byte[64])));
    }

    @Test
    void aKidOfAnyLengthIsOnlyText() {
        String kid = "k".repeat(10_240);
        assertThat(passed(read(HEADER.replace("\"a\"", "\"" + kid + "\""), PAYLOAD))
                        .signed()
                        .kid())
                .isEqualTo(kid);
    }
}
