package dev.hutong.hub.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "gate-7.2026_01", "5f0c1d2e-3b4a-5968-8877-66554433", "1234567890", "12345678901234567890"})
    void anIdOfTheLettersAllowedIsTaken(String id) {
        assertThat(RequestId.isTaken(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nb", "甲", "a/b", "<script>", "a%20b", "a\u0000"})
    void anyOtherTextIsNot(String id) {
        assertThat(RequestId.isTaken(id)).isFalse();
    }

    @Test
    void sixtyFourCharactersAreTakenAndOneMoreIsNot() {
        assertThat(RequestId.isTaken("a".repeat(64))).isTrue();
        assertThat(RequestId.isTaken("a".repeat(65))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "13900001234",
                "110105194912310021",
                "11010519491231002X",
                "11010519491231002x",
                "110105491231002"
            })
    void whatMayBeAPhoneOrIdentityNumberIsNotTaken(String id) {
        assertThat(RequestId.isTaken(id)).isFalse();
    }

    @Test
    void madeIdsAreTakenAndAreDifferent() {
        RequestId.Maker one = new RequestId.Maker();
        RequestId.Maker other = new RequestId.Maker();

        assertThat(new String[] {one.next(), one.next(), other.next()})
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(RequestId.isTaken(id)).isTrue());
    }
}
