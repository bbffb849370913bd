package dev.hutong.registry.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictBase64UrlTest {
    @Test
    void readsTheVectorsOfRfc4648() {
        assertThat(StrictBase64Url.decodeOrNull("")).isEmpty();
        assertThat(StrictBase64Url.decodeOrNull("Zg")).isEqualTo(Keys.utf8("f"));
        assertThat(StrictBase64Url.decodeOrNull("Zm8")).isEqualTo(Keys.utf8("fo"));
        assertThat(StrictBase64Url.decodeOrNull("Zm9v")).isEqualTo(Keys.utf8("foo"));
        assertThat(StrictBase64Url.decodeOrNull("Zm9vYmFy")).isEqualTo(Keys.utf8("foobar"));
        assertThat(StrictBase64Url.decodeOrNull("-_-_")).isEqualTo(Keys.hex("fbffbf"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zg==",
                "Zm8=",
                "Zm9v=",
                "=",
                "====", // padding
                "Zm9v\n",
                "Zm 9v",
                " Zm9v",
                "Zm9v\t",
                "\r\n",
                "Zm\u00009", // white space and NUL
                "+/+/",
                "Zm9+",
                "Zm9/", // the other alphabet
                "Z",
                "Zm9vY", // length 1 mod 4
                "Zh",
                "Zm9",
                "Zm9vYh",
                "__",
                "AB",
                "AAB", // non-zero trailing bits
                "Zm9.",
                "Zm9*",
                "Zm9\u0141",
                "Zm9\u00e1",
                "Ｚm9v",
                "\ud800AAA",
                "Zm9\u007f",
                "Zm9@",
                "Zm9[",
                "Zm9`",
                "Zm9{"
            })
    void refusesWhatIsNotTheOneEncoding(String text) {
        assertThat(StrictBase64Url.decodeOrNull(text)).isNull();
    }

    @Test
    void refusesAForeignCharacterAtEveryPlace() {
        for (String text : new String[] {"____Zm9v", "____Zm8", "____Zg"}) {
            for (int at = 0; at < text.length(); at++) {
                assertThat(StrictBase64Url.decodeOrNull(text.substring(0, at) + "*" + text.substring(at + 1)))
                        .as("at " + at + " of " + text)
                        .isNull();
            }
        }
    }

    @Property
    void everyOctetSequenceComesBack(@ForAll byte[] octets) {
        String text = StrictBase64Url.encode(octets);
        assertThat(text).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
        assertThat(StrictBase64Url.decodeOrNull(text)).isEqualTo(octets);
    }

    @Property
    void whateverIsReadIsWrittenTheSameWay(@ForAll String text) {
        byte[] octets = StrictBase64Url.decodeOrNull(text);
        if (octets != null) {
            assertThat(StrictBase64Url.encode(octets)).isEqualTo(text);
        }
    }

    @Property
    void everyTextOfFourCharactersIsReadExactlyWhereTheJdkWritesIt(@ForAll byte a, @ForAll byte b, @ForAll byte c) {
        byte[] source = {'A', a, b, c};
        byte[] octets = StrictBase64Url.decodeOrNull(source, 0, 4);
        if (octets != null) {
            assertThat(StrictBase64Url.encode(octets)).isEqualTo(new String(source, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void readsARangeAndNothingAroundIt() {
        byte[] source = Keys.utf8("!!.Zm9v.!!");
        assertThat(StrictBase64Url.decodeOrNull(source, 3, 7)).isEqualTo(Keys.utf8("foo"));
        assertThat(StrictBase64Url.decodeOrNull(source, 3, 3)).isEmpty();
        assertThat(StrictBase64Url.decodeOrNull(source, 2, 6)).isNull();
        assertThatThrownBy(() -> StrictBase64Url.decodeOrNull(source, 3, 11))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
