package dev.hutong.registry.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    private static final long YEAR_9999 = 253_402_300_799L;

    @Property(tries = 500)
    void whatAnInstantWritesComesBack(
            @ForAll @LongRange(min = -62_000_000_000L, max = YEAR_9999) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        for (int coarse : new int[] {nanos, nanos / 1_000 * 1_000, nanos / 1_000_000 * 1_000_000, 0}) {
            Instant instant = Instant.ofEpochSecond(seconds, coarse);
            assertThat(Rfc3339.parse(instant.toString())).contains(instant);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T08:00:00Z, 2026-01-05T08:00:00Z",
        "2026-01-05T08:00:00.5Z, 2026-01-05T08:00:00.500Z",
        "2026-01-05T08:00:00.000000001Z, 2026-01-05T08:00:00.000000001Z",
        "2026-01-05T08:00:00.Z, 2026-01-05T08:00:00Z",
        "2026-01-05T16:00:00+08:00, 2026-01-05T08:00:00Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z"
    })
    void readsEveryWritingOfATime(String text, Instant instant) {
        assertThat(Rfc3339.parse(text)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-01-05",
                "2026-01-05T08:00:00",
                "2026-01-05T08:00:00.0000000001Z",
                "2026-13-05T08:00:00Z",
                "2026-02-29T08:00:00Z",
                "2026-01-05T25:00:00Z",
                "2026-01-05T08:60:00Z",
                "2026-01-05T08:00:00,5Z",
                "2026-01-05T08:00:0aZ",
                "2026-01-05 08:00:00Z",
                "+2026-01-05T08:00:00Z",
                "-2026-01-05T08:00:00Z",
                "+10000-01-05T08:00:00Z",
                "２026-01-05T08:00:00Z"
            })
    void refusesEveryOtherText(String text) {
        assertThat(Rfc3339.parse(text)).isEmpty();
    }
}
