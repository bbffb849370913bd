package dev.hutong.province;

import static dev.hutong.province.Codes.passed;
import static dev.hutong.province.Codes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.mapping.Outcome;
import dev.hutong.registry.SignedToken;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compact serialization and its base64url, in which every token has exactly one text. */
class TokenReaderEncodingTest extends TokenReaderTestBase {
    private static final String WHOLE = Codes.unsigned(HEADER, PAYLOAD);

    @Test
    void aWholeTokenIsReadAsItStands() {
        Token token = passed(read(WHOLE));
        SignedToken signed = token.signed();
        assertThat(signed.kid()).isEqualTo("a");
        assertThat(signed.alg()).isEqualTo("ES256");
        assertThat(signed.signedAt()).isEqualTo(Codes.NOW);
        assertThat(signed.signingInput()).asString().isEqualTo(WHOLE.substring(0, WHOLE.lastIndexOf('.')));
        assertThat(signed.signature()).isEqualTo(new byte[64]);
        assertThat(token.claims().text("mz")).isEqualTo("G");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "...", "a", "a.b", "a.b.c", "a.b.c.d", "a.b.c.d.e", "....", "e30.e30.", "{}.{}.{}"
            })
    void whatIsNotThreePartsIsMalformed(String compact) {
        assertMalformed(read(compact));
    }

    @Test
    void aPartMoreOrLessIsMalformed() {
        assertMalformed(read(WHOLE + "."));
        assertMalformed(read("." + WHOLE));
        assertMalformed(read(WHOLE + ".e30"));
        assertMalformed(read(WHOLE.substring(0, WHOLE.lastIndexOf('.'))));
        for (int part = 0; part < 3; part++) {
            assertMalformed(read(withPart(part, "")));
        }
    }

    @Test
    void jsonSerializationIsMalformed() {
        String[] parts = WHOLE.split("\\.", -1);
        assertMalformed(read("{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\""
                + parts[2] + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "\n", "\r\n", "\t", "=", "==", "+", "/", "%3D", "\0", "!", "\u200b", "é", "０", "\u202e"})
    void aForeignCharacterInAnyPartIsMalformed(String foreign) {
        for (int part = 0; part < 3; part++) {
            String text = WHOLE.split("\\.", -1)[part];
            assertMalformed(read(withPart(part, text + foreign)));
            assertMalformed(read(withPart(part, foreign + text)));
            assertMalformed(read(withPart(part, text.substring(0, 8) + foreign + text.substring(8))));
        }
    }

    @Test
    void paddingIsMalformedThoughItIsTheRightOne() {
        for (int part = 0; part < 3; part++) {
            String text = WHOLE.split("\\.", -1)[part];
            assertMalformed(read(withPart(part, text + "=".repeat((4 - text.length() % 4) % 4 + 4))));
        }
        assertMalformed(read(WHOLE + "=="));
    }

    @Test
    void theOtherAlphabetIsMalformed() {
        byte[] signature = new byte[64];
        signature[0] = (byte) 0xfb;
        signature[1] = (byte) 0xff;
        String url = compact(utf8(HEADER), utf8(PAYLOAD), signature);
        assertThat(url).contains("-_");
        passed(read(url));
        assertMalformed(read(url.replace('-', '+')));
        assertMalformed(read(url.replace('_', '/')));
    }

    @Test
    void bitsBehindTheLastByteMustBeZero() {
        String oneByteOver = WHOLE.substring(0, WHOLE.length() - 1);
        assertThat(WHOLE).endsWith("A");
        List<String> read = new ArrayList<>();
        for (char last : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            if (read(oneByteOver + last) instanceof Outcome.Passed) {
                read.add(String.valueOf(last));
            }
        }
        assertThat(read).containsExactly("A", "Q", "g", "w");
    }

    @Test
    void aPartOfAnImpossibleLengthIsMalformed() {
        for (int part = 0; part < 3; part++) {
            assertMalformed(read(withPart(part, "A")));
            assertMalformed(read(withPart(part, "AAAAA")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 63, 65, 70, 71, 72, 96, 128, 4096})
    void aSignatureHas64BytesInEveryAlgorithm(int length) {
        assertMalformed(read(compact(utf8(HEADER), utf8(PAYLOAD), new byte[length])));
    }

    @Test
    void aTokenOfMegabytesIsReadOrMalformedAndNeverMore() {
        assertMalformed(read("A".repeat(1 << 20)));
        assertMalformed(read(".".repeat(1 << 20)));
        assertMalformed(read(Codes.unsigned("[".repeat(1 << 20), PAYLOAD)));
        assertMalformed(read(Codes.unsigned(HEADER, "{\"a\":".repeat(1 << 18))));
        passed(read(HEADER, PAYLOAD.replace("}", ",\"x\":\"" + "a".repeat(1 << 20) + "\"}")));
    }

    private static String withPart(int part, String text) {
        String[] parts = WHOLE.split("\\.", -1);
        parts[part] = text;
        return String.join(".", parts);
    }

    @Test
    void aByteOrderMarkBeforeTheHeaderIsMalformed() {
        assertMalformed(read("\ufeff" + WHOLE));
        assertMalformed(read(withPart(0, Base64Url.encode("\ufeff" + HEADER))));
        assertMalformed(read(withPart(1, Base64Url.encode("\ufeff" + PAYLOAD))));
    }
}
