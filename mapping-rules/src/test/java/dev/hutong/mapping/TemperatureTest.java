package dev.hutong.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {
    @ParameterizedTest
    @CsvSource({
        "37.3, true",
        "37.30, true",
        "37.2999, false",
        "37.2, false",
        "38, true",
        "100.4, true",
        "9.9, false",
        "0, false"
    })
    void aFeverBeginsAt37Point3(String text, boolean isFever) {
        assertThat(Temperature.read(text).orElseThrow().isFever()).isEqualTo(isFever);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "36.5 ",
                " 36.5",
                "36.5\n",
                "36,5",
                "+36.5",
                "-36.5",
                "36.",
                ".5",
                "3.65e1",
                "36.5℃",
                "36.5C",
                "0x24",
                "1000",
                "36.50000",
                "NaN",
                "Infinity",
                "３６.５",
                "٣٦",
                "36..5",
                "null"
            })
    void nothingIsGuessedAboutWhatIsNoDecimalText(String text) {
        assertThat(Temperature.read(text)).isEmpty();
    }

    @Property
    void temperaturesCompareAsNumbersAndNotAsText(
            @ForAll @IntRange(min = 0, max = 9999) int one, @ForAll @IntRange(min = 0, max = 9999) int other) {
        assertThat(Integer.signum(tenths(one).compareTo(tenths(other)))).isEqualTo(Integer.compare(one, other));
    }

    private static Temperature tenths(int tenths) {
        return Temperature.read(tenths / 10 + "." + tenths % 10).orElseThrow();
    }
}
