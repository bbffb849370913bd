package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecognitionTest {
    private static final Recognition.Digits HEX_32 = new Recognition.Digits(32, 0, "");
    private static final FormatDocument.Text TEXT = new FormatDocument.Text("码:", 32, null, null, null);
    private static final FormatDocument.Url URL = new FormatDocument.Url(
            List.of("a.example", "b.example"), "/index.html", "code", "V0", 32, null, null, "/result");
    private static final FormatDocument.Bytes BYTES = new FormatDocument.Bytes("43ff", 64, 1024);

    @Test
    void textBeginsWithThePrefixInUtf8() {
        Recognition text = Recognition.of(new FormatDocument.Recognise(TEXT, null, null));
        assertThat(text).isEqualTo(new Recognition.Text("码:", HEX_32, ""));
        assertThat(text.beginnings()).containsExactly("\u00e7\u00a0\u0081:");
    }

    @Test
    void aUrlBeginsWithEachOfItsHosts() {
        Recognition url = Recognition.of(new FormatDocument.Recognise(null, URL, null));
        assertThat(url)
                .isEqualTo(new Recognition.Url(
                        List.of("a.example", "b.example"), "/index.html", "code", "V0", HEX_32, "/result"));
        assertThat(url.beginnings()).containsExactly("https://a.example/index.html?", "https://b.example/index.html?");
    }

    @Test
    void bytesBeginWithThePrefixAsItIs() {
        Recognition bytes = Recognition.of(new FormatDocument.Recognise(null, null, BYTES));
        assertThat(bytes).isEqualTo(new Recognition.Bytes("C\u00ff", 64, 1024));
        assertThat(bytes.beginnings()).containsExactly("C\u00ff");
    }

    @Test
    void eachEntryIsExactlyOneOfThem() {
        for (FormatDocument.Recognise document : List.of(
                new FormatDocument.Recognise(null, null, null),
                new FormatDocument.Recognise(TEXT, URL, null),
                new FormatDocument.Recognise(TEXT, null, BYTES),
                new FormatDocument.Recognise(null, URL, BYTES),
                new FormatDocument.Recognise(TEXT, URL, BYTES))) {
            assertThatExceptionOfType(InvalidPackageException.class).isThrownBy(() -> Recognition.of(document));
        }
    }
}
