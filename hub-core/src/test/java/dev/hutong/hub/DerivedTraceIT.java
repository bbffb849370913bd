package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.RegistryEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an auditor who comes afterwards is told of the steps of a decision that was made for a gate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DerivedTraceIT {
    private static final OAuthClient GATE = OAuthClient.of("gate", ClientRole.VERIFIER);
    private static final OAuthClient AUDITOR = OAuthClient.of("auditor", ClientRole.AUDITOR);
    private static final OAuthClient AUDITING_GATE =
            OAuthClient.of("auditing-gate", ClientRole.VERIFIER, ClientRole.AUDITOR);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-15T08:00:00Z"));
    private VirtualProvinces provinces;
    private TestHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        provinces = VirtualProvinces.startDemo(clock);
        List<RegistryEvent> events = new ArrayList<>(TestHub.registrationOf(provinces, clock.instant()));
        for (OAuthClient client : List.of(GATE, AUDITOR, AUDITING_GATE)) {
            events.add(client.registered(clock.instant()));
        }
        TestHub.append(data, clock, events);
        hub = TestHub.start(TestHub.config(data).withClients(ClientsConfig.REQUIRED), clock);
    }

    @AfterAll
    void stop() {
        hub.close();
        provinces.close();
    }

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

    private String expired() {
        return provinces
                .province(Codes.GUANGDONG)
                .sign(Codes.green(clock.instant().minus(Duration.ofHours(1))))
                .text();
    }

    private String hangzhou(Behaviour behaviour) {
        return provinces
                .province(Codes.HANGZHOU)
                .virtualPlatform()
                .issue(Codes.record("green", clock.instant().minus(Duration.ofHours(1))), behaviour)
                .scanned()
                .text();
    }

    private static String forged(String code) {
        return code.substring(0, code.length() - 4) + "AAAA";
    }

    private static ObjectNode request(String destination, String... codes) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        Stream.of(codes).forEach(request.withArray("codes")::add);
        return destination.isEmpty() ? request : request.put("destination", destination);
    }

    /** Codes that end at each step, alone and together, for destinations that ask for more and one that is none. */
    Stream<ObjectNode> requests() {
        return Stream.of(
                request("", guangdong()),
                request("330100", guangzhou(2)),
                request("", hangzhou(Behaviour.honest())),
                request("", hangzhou(Behaviour.reset())),
                request("", "nothing"),
                request("", "YKM2:half"),
                request("", forged(guangdong())),
                request("", expired()),
                request("110000", guangzhou(1)),
                request("nowhere", guangdong()),
                request("nowhere", guangzhou(9)),
                request("", guangzhou(9)),
                request("110000", guangdong(), guangzhou(3)),
                request("440100", guangdong(), forged(guangzhou(1)), "nothing", hangzhou(Behaviour.honest())),
                request("", "YKM2:half", "nothing", hangzhou(Behaviour.reset())));
    }

    private Exchange send(OAuthClient client, String method, String path, String body) {
        Map<String, String> headers = new HashMap<>(OAuthClient.bearer(client.token(hub, clock)));
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        Exchange answer = hub.verifier().send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private JsonNode decide(OAuthClient client, ObjectNode request) {
        return send(client, "POST", "/v1/resolve", request.toString()).json();
    }

    private Exchange recordOf(OAuthClient client, JsonNode decision) {
        return send(client, "GET", "/v1/decisions/" + decision.get("id").textValue(), "");
    }

    private static List<String> lines(JsonNode trace) {
        return StreamSupport.stream(trace.spliterator(), false)
                .flatMap(
                        line -> told(line).map(rest -> line.get("step").asText() + " " + line.get("code") + " " + rest))
                .toList();
    }

    /** A mapping that passed names the rule of each statement in its note, such as {@code yuekangma@1.0.0#green → LOW}. */
    private static Stream<String> told(JsonNode line) {
        boolean isMapped = line.get("step").asText().equals("map")
                && line.get("outcome").asText().equals("passed");
        if (!isMapped || !line.has("note")) {
            return Stream.of(
                    line.get("rule").asText() + " " + line.get("outcome").asText());
        }
        return Stream.of(line.get("note").asText().split(", "))
                .map(statement -> statement
                        .replaceAll(" → (?:LOW|MEDIUM|HIGH)$", " passed")
                        .replace(" → ", " "));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void itIsTheTraceThatAnAuditorWasShown(ObjectNode request) {
        JsonNode decision = decide(AUDITING_GATE, request);

        assertThat(lines(recordOf(AUDITOR, decision).json().get("trace"))).isEqualTo(lines(decision.get("trace")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void ofADecisionMadeForAGateItIsTheSame(ObjectNode request) {
        JsonNode forGate = decide(GATE, request);
        JsonNode forAuditor = decide(AUDITING_GATE, request);
        assertThat(forGate.has("trace")).isFalse();

        assertThat(recordOf(AUDITOR, forGate).json().get("trace"))
                .isEqualTo(recordOf(AUDITOR, forAuditor).json().get("trace"));
    }

    @Test
    void itIsForAuditorsAndNoPartOfTheRecord() {
        JsonNode decision = decide(GATE, request("110000", guangdong()));
        Exchange forGate = recordOf(GATE, decision);

        assertThat(forGate.json().has("trace")).isFalse();
        String path = "/v1/decisions/" + decision.get("id").textValue() + "/proof";
        for (OAuthClient client : List.of(GATE, AUDITOR)) {
            assertThat(send(client, "GET", path, "").json().get("record").textValue())
                    .isEqualTo(forGate.text());
        }
        ObjectNode forAuditor = (ObjectNode) recordOf(AUDITOR, decision).json();
        assertThat(forAuditor.remove("trace")).hasSize(6);
        assertThat(forAuditor).isEqualTo(forGate.json());
    }
}
