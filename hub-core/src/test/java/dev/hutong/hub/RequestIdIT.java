package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every answer says which request it answers. */
class RequestIdIT extends RunningHubBase {
    private static final String HEADER = "X-Request-Id";

    @Test
    void aClientsIdIsTakenOverInTheHeaderAndInTheProblem() {
        Exchange answer = hub.verifier().resolve(octets("["), Map.of(HEADER, "gate-7.0001"));

        assertThat(answer.header(HEADER)).isEqualTo("gate-7.0001");
        assertThat(answer.json().path("instance").textValue()).isEqualTo("urn:hutong:request:gate-7.0001");
    }

    @Test
    void anIdThatIsNoneIsReplaced() {
        Exchange answer = hub.verifier().resolve(octets("["), Map.of(HEADER, "a b"));

        assertThat(answer.header(HEADER)).matches("[A-Za-z0-9._-]{1,64}");
        assertThat(answer.json().path("instance").textValue()).isEqualTo("urn:hutong:request:" + answer.header(HEADER));
    }

    @Test
    void requestsWithoutAnIdGetEachTheirOwn() {
        assertThat(hub.verifier().get("/v1/formats").header(HEADER))
                .isNotEqualTo(hub.verifier().get("/v1/formats").header(HEADER));
    }

    @Test
    void theManagementPortAnswersWithIdsToo() {
        assertThat(hub.operator().get("/health/live").header(HEADER)).isNotBlank();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
