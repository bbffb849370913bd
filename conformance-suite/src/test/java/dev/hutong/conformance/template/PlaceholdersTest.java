package dev.hutong.conformance.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Placeholders placeholders =
            new Placeholders(Instant.parse("2026-01-05T16:30:00.250Z"), new Random(1));

    @ParameterizedTest
    @CsvSource({
        "${seconds:now}, 1767630600",
        "${seconds:now-30h}, 1767522600",
        "${seconds:now-30h+7d}, 1768127400",
        "${millis:now-8d}, 1766939400250",
        "${local:now}, 2026-01-06 00:30:00",
        "${local:now-2h}, 2026-01-05 22:30:00",
        "${date:now}, 2026-01-06",
        "${date:now-1d}, 2026-01-05",
        "a ${seconds:now+1s} b ${seconds:now-1m}, a 1767630601 b 1767630540"
    })
    void timesAreRelativeToOneInstantAndLocalOnesAreBeijingTime(String text, String filled) {
        assertThat(placeholders.fill(text)).isEqualTo(filled);
    }

    @Test
    void aLonePlaceholderTakesItsTypeAndAnEmbeddedOneIsText() throws Exception {
        var filled = placeholders.with("record", JSON.readTree("{\"a\":1}")).fill(JSON.readTree("""
                        {"iat": "${seconds:now}", "text": "at ${seconds:now}", "data": "${record}", "content": "${text:record}", "list": ["${date:now}"], "n": 7}
                        """));
        assertThat(filled)
                .hasToString("{\"iat\":1767630600,\"text\":\"at 1767630600\",\"data\":{\"a\":1},"
                        + "\"content\":\"{\\\"a\\\":1}\",\"list\":[\"2026-01-06\"],\"n\":7}");
        assertThat(filled.path("iat").isNumber()).isTrue();
    }

    @Test
    void randomCharactersAreOfTheAskedKindAndNumber() {
        assertThat(placeholders.fill("${hex:32}")).matches("[0-9a-f]{32}");
        assertThat(placeholders.fill("${HEX:64}")).matches("[0-9A-F]{64}");
        assertThat(placeholders.fill("${alnum:17}")).matches("[0-9A-Za-z]{17}");
        assertThat(placeholders.fill("${hex:32}")).isNotEqualTo(placeholders.fill("${hex:32}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${nothing}", "${seconds:yesterday}", "${seconds:now-1w}", "${seconds:}", "${colour:now}"})
    void whatIsNoPlaceholderIsRefusedByName(String text) {
        assertThatThrownBy(() -> placeholders.fill(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
