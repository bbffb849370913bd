package dev.hutong.conformance.province;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.conformance.jose.TokenFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BehaviourTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void behavioursAreReadFromData() throws Exception {
        assertThat(read("\"honest\"")).isEqualTo(Behaviour.honest());
        assertThat(read("\"reset\"")).isEqualTo(Behaviour.reset());
        assertThat(read("\"trickle\"")).isEqualTo(Behaviour.trickle());
        assertThat(read("\"oversized\"")).isEqualTo(Behaviour.oversized());
        assertThat(read("\"plain-json\"")).isEqualTo(Behaviour.plainJson());
        assertThat(read("\"signed-by-another-issuer\"")).isEqualTo(Behaviour.signedByAnotherIssuer());
        assertThat(read("\"other-request-id\"")).isInstanceOf(Behaviour.Claim.class);
        assertThat(read("\"other-input-hash\"")).isEqualTo(Behaviour.otherInputHash());
        assertThat(read("\"malformed-record\"")).isEqualTo(Behaviour.malformedRecord());
        assertThat(read("\"duplicate-member\"")).isEqualTo(Behaviour.faulty(TokenFault.DUPLICATE_MEMBER));
        assertThat(read("{\"slow\": 250}")).isEqualTo(Behaviour.slow(Duration.ofMillis(250)));
        assertThat(read("{\"status\": 503}")).isEqualTo(Behaviour.status(503));
        assertThat(read("{\"refuses\": 40007}")).isEqualTo(Behaviour.refuses(40007));
        assertThat(read("{\"refuses-once\": 40017}")).isEqualTo(Behaviour.refusesOnce(40017));
        assertThat(read("{\"issued\": -61}")).isEqualTo(Behaviour.issued(Duration.ofSeconds(-61)));
        assertThat(read("{\"expires\": 0}")).isEqualTo(Behaviour.expires(Duration.ZERO));
        assertThat(read("{\"without\": \"iat\"}")).isEqualTo(Behaviour.without("iat"));
        assertThat(read("{\"media-type\": \"text/html\"}")).isEqualTo(Behaviour.mediaType("text/html"));
        assertThat(read("{\"token\": \"alg-none\"}")).isEqualTo(Behaviour.faulty(TokenFault.ALG_NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kind\"",
                "{\"slow\": \"5\"}",
                "{}",
                "[]",
                "{\"slow\": 1, \"status\": 2}",
                "{\"token\": \"x\"}",
                "{\"x\": 1}"
            })
    void whatIsNoBehaviourIsRefused(String data) {
        assertThatThrownBy(() -> read(data)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Behaviour read(String json) throws Exception {
        return Behaviour.read(JSON.readTree(json));
    }
}
