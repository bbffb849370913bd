package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.Behaviour;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several codes of one person: each goes its own way, what contradicts is shown, and one that was refused is never green. */
class SeveralCodesIT extends RunningHubBase {

    private String guangdong() {
        return provinces
                .province(Codes.GUANGDONG)
                .sign(Codes.green(clock.instant()))
                .text();
    }

    private String guangzhou(int level) {
        return provinces
                .province(Codes.GUANGZHOU)
                .sign(Codes.atLevel(level, clock.instant()))
                .text();
    }

    private String hangzhou(String level, Behaviour behaviour) {
        return provinces
                .province(Codes.HANGZHOU)
                .virtualPlatform()
                .issue(Codes.record(level, clock.instant().minus(Duration.ofHours(1))), behaviour)
                .scanned()
                .text();
    }

    private static ObjectNode request(String... codes) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        Stream.of(codes).forEach(request.withArray("codes")::add);
        return request;
    }

    private JsonNode resolve(String... codes) {
        return hub.verifier().resolve(request(codes).toString()).json();
    }

    @Test
    void codesThatAgreeAreGreen() {
        JsonNode decision = resolve(guangdong(), guangzhou(1));

        assertThat(decision.get("risk").textValue()).isEqualTo("LOW");
        assertThat(decision.get("format").isNull()).isTrue();
        assertThat(decision.get("issuer").isNull()).isTrue();
        assertThat(decision.get("codes").findValuesAsText("issuer")).containsExactly(Codes.GUANGDONG, Codes.GUANGZHOU);
        assertThat(decision.get("codes").findValuesAsText("format")).containsExactly("yuekangma", "suikangma");
        assertThat(decision.get("statements")).hasSize(2);
        assertThat(decision.get("contradictions")).isEmpty();
    }

    @Test
    void codesThatContradictEachOtherAreShownEachWithItsIssuer() {
        JsonNode decision = resolve(guangdong(), guangzhou(3));

        assertThat(decision.get("risk").textValue()).isEqualTo("HIGH");
        assertThat(decision.get("contradictions").findValuesAsText("issuer"))
                .containsExactly(Codes.GUANGDONG, Codes.GUANGZHOU);
        assertThat(decision.get("contradictions").findValuesAsText("risk")).containsExactly("LOW", "HIGH");
        assertThat(decision.get("contradictions").findValuesAsText("native")).containsExactly("G", "3");
        assertThat(decision.at("/appeal/issuer").textValue()).isEqualTo(Codes.GUANGZHOU);
        assertThat(decision.at("/appeal/region").textValue()).isEqualTo("440100");
        JsonNode line = decision.get("trace").get(decision.get("trace").size() - 2);
        assertThat(line.get("outcome").textValue()).isEqualTo("contradiction");
        assertThat(line.get("note").textValue()).contains(Codes.GUANGDONG, "LOW", Codes.GUANGZHOU, "HIGH");
    }

    @Test
    void aForgedCodeBesideAGreenOneIsNotGreen() {
        String forged = guangzhou(1);
        String broken = forged.substring(0, forged.length() - 4) + "AAAA";

        JsonNode decision = resolve(guangdong(), broken);

        assertThat(decision.get("reason").textValue()).isEqualTo("BAD_SIGNATURE");
        assertThat(decision.get("codes").get(0).get("reason").isNull()).isTrue();
        assertThat(decision.get("codes").get(1).get("reason").textValue()).isEqualTo("BAD_SIGNATURE");
        assertThat(decision.get("codes").get(1).get("issuer").isNull()).isTrue();
        assertThat(decision.get("statements")).hasSize(1);
    }

    @Test
    void aPlatformThatIsAwayHidesNoRed() {
        String away = hangzhou("green", Behaviour.reset());

        assertThat(resolve(away, guangzhou(3)).get("risk").textValue()).isEqualTo("HIGH");
        assertThat(resolve(guangdong(), away).get("reason").textValue()).isEqualTo("ISSUER_UNAVAILABLE");
    }

    @Test
    void whereAllAreRefusedTheFirstReasonInTheOrderIsTold() {
        JsonNode decision = resolve("YKM2:half", "hello", hangzhou("green", Behaviour.reset()));

        assertThat(decision.get("reason").textValue()).isEqualTo("UNKNOWN_FORMAT");
        assertThat(decision.get("codes").findValuesAsText("reason"))
                .containsExactly("MALFORMED_CODE", "UNKNOWN_FORMAT", "ISSUER_UNAVAILABLE");
        assertThat(decision.get("statements")).isEmpty();
    }

    @Test
    void theTraceTellsWhichCodeAStepWorkedOn() {
        JsonNode trace =
                resolve(guangdong(), hangzhou("green", Behaviour.honest())).get("trace");

        assertThat(trace.findValuesAsText("step"))
                .containsExactly(
                        "recognise", "open", "authenticate", "map", "recognise", "open", "ask", "map", "judge");
        assertThat(trace.findValues("code").stream().map(JsonNode::toString))
                .containsExactly("0", "0", "0", "0", "1", "1", "1", "1", "null");
        assertThat(trace.findValuesAsText("rule"))
                .containsExactly(
                        "yuekangma@1.0.0",
                        "yuekangma@1.0.0",
                        "yuekangma@1.0.0",
                        "yuekangma@1.0.0",
                        "hangzhou@1.0.0",
                        "hangzhou@1.0.0",
                        "hangzhou@1.0.0",
                        "hangzhou@1.0.0",
                        "default@1.0.0");
    }

    @Test
    void aListOfOneCodeIsThatCode() {
        JsonNode decision = resolve(guangzhou(1));

        assertThat(decision.get("codes").isNull()).isTrue();
        assertThat(decision.get("format").textValue()).isEqualTo("suikangma");
        assertThat(decision.get("issuer").textValue()).isEqualTo(Codes.GUANGZHOU);
    }

    @Test
    void eightCodesAreEachAnswered() {
        String[] codes = Collections.nCopies(8, guangzhou(1)).toArray(String[]::new);

        assertThat(resolve(codes).get("codes")).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"codes\":[]}",
                "{\"codes\":\"a\"}",
                "{\"codes\":null}",
                "{\"codes\":{}}",
                "{\"codes\":[\"a\",7]}",
                "{\"codes\":[null]}",
                "{\"codes\":[[\"a\"]]}",
                "{\"codes\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]}",
                "{\"codes\":[\"a\"],\"code\":\"a\"}",
                "{\"codes\":[\"a\"],\"codeBytes\":\"\"}",
                "{\"code\":\"a\",\"codeBytes\":\"\"}"
            })
    void whatIsNoListOfCodesIsNoRequest(String body) {
        Exchange exchange = hub.verifier().resolve(body);

        assertThat(List.of(exchange.status(), exchange.problem())).isEqualTo(List.of(400, "invalid-request"));
    }
}
