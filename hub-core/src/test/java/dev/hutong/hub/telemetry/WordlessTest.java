package dev.hutong.hub.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class WordlessTest {
    @Test
    void aFailureKeepsWhereItCameFromAndLosesWhatItSays() {
        Throwable failure =
                new IllegalStateException("about 张三", new NumberFormatException("For input string: 13900001234"));
        StringWriter printed = new StringWriter();

        new Wordless(failure).printStackTrace(new PrintWriter(printed));

        assertThat(printed.toString())
                .contains("IllegalStateException", "NumberFormatException", "WordlessTest.aFailureKeeps")
                .doesNotContain("张三", "13900001234");
    }
}
