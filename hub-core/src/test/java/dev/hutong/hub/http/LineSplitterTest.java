package dev.hutong.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private static final String TOO_LONG = "<too long>";

    @Test
    void linesEndWithLineFeedOrWithCarriageReturnToo() {
        assertThat(split("a\nb\r\n\nc", 3)).containsExactly("a", "b", "", "c");
    }

    @Test
    void theLastLineNeedNotEndAndNothingBehindAnEndIsNoLine() {
        assertThat(split("a\nb", 1)).containsExactly("a", "b");
        assertThat(split("a\nb\n", 1)).containsExactly("a", "b");
        assertThat(split("", 1)).isEmpty();
    }

    @Test
    void aLineOfTheLongestLengthIsTakenAndALongerOneIsTold() {
        String longest = "x".repeat(8);

        assertThat(split(longest + "\n" + longest + "\r\n" + longest + "y\nz\n" + longest + "yy", 5))
                .containsExactly(longest, longest, TOO_LONG, "z", TOO_LONG);
    }

    @Property
    void howItComesInPiecesMakesNoDifference(
            @ForAll @From("texts") String text, @ForAll @IntRange(min = 1, max = 40) int piece) {
        assertThat(split(text, piece)).isEqualTo(split(text, Math.max(1, text.length())));
    }

    @Property
    void whatIsNotTooLongIsTakenApartAsTheJdkDoes(@ForAll @From("texts") String text) {
        String plain = text.replace("\r", "");

        assertThat(split(plain, 3))
                .isEqualTo(plain.lines()
                        .map(line -> line.length() > 8 ? TOO_LONG : line)
                        .toList());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', 'b', '\n', '\r').ofMaxLength(60);
    }

    private static List<String> split(String text, int piece) {
        List<String> lines = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(8, new LineSplitter.Sink() {
            @Override
            public void line(byte[] octets) {
                lines.add(new String(octets, StandardCharsets.UTF_8));
            }

            @Override
            public void lineTooLong() {
                lines.add(TOO_LONG);
            }
        });
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < octets.length; from += piece) {
            splitter.accept(Buffer.buffer(Arrays.copyOfRange(octets, from, Math.min(octets.length, from + piece))));
        }
        splitter.end();
        return lines;
    }
}
