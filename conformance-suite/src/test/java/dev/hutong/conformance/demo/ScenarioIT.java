package dev.hutong.conformance.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.conformance.province.VirtualProvinces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner against a stub that answers as it is told. */
class ScenarioIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final VirtualProvinces provinces = VirtualProvinces.startDemo(InstantSource.system());
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<ObjectNode> requests = new ArrayList<>();
    private int status = 200;
    private HttpServer stub;

    @TempDir
    Path folder;

    @BeforeEach
    void startStub() throws IOException {
        stub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stub.createContext("/v1/resolve", exchange -> {
            requests.add((ObjectNode) JSON.readTree(exchange.getRequestBody().readAllBytes()));
            byte[] body = answers.remove().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        stub.start();
    }

    @AfterEach
    void stop() {
        stub.stop(0);
        provinces.close();
    }

    @Test
    void aHubThatDecidesAsExpectedGivesOnlyExpectedRows() throws Exception {
        Scenario scenario = Scenario.demo(provinces, InstantSource.system());
        scenario.people().forEach(person -> answers.add(rightAnswer(person.expect())));
        var told = new ArrayList<Row>();
        List<Row> rows = scenario.run(hub(), folder, told::add);
        assertThat(rows).isEqualTo(told).hasSameSizeAs(scenario.people());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.mismatch()).as(row.holder()).isEmpty();
            assertThat(row.expected()).isTrue();
            assertThat(row.millis()).isPositive();
            assertThat(row.image()).exists();
        });
        Row first = rows.getFirst();
        assertThat(first.image()).hasFileName("holder-01-suikangma.png");
        assertThat(first.risk()).isEqualTo("MEDIUM");
        assertThat(first.nativeState()).isEqualTo("2");
        assertThat(first.from()).contains("穗康码");
        assertThat(requests.getFirst().path("code").asText()).startsWith("SKM:");
        assertThat(requests.getFirst().path("destination").asText()).isEqualTo("330100");
    }

    @Test
    void whatIsSentIsWhatTheImageHolds() throws Exception {
        Scenario scenario = Scenario.demo(provinces, InstantSource.system());
        scenario.people().forEach(person -> answers.add(rightAnswer(person.expect())));
        List<Row> rows = scenario.run(hub(), folder, row -> {});
        for (int i = 0; i < rows.size(); i++) {
            byte[] drawn = QrImages.read(rows.get(i).image());
            ObjectNode request = requests.get(i);
            byte[] sent = request.has("codeBytes")
                    ? Base64Url.decode(request.path("codeBytes").asText())
                    : request.path("code").asText().getBytes(StandardCharsets.UTF_8);
            assertThat(sent).as(rows.get(i).holder()).isEqualTo(drawn);
        }
    }

    @Test
    void eachDifferenceIsNamed() throws Exception {
        Scenario scenario = onePerson("expect: {risk: LOW, qualifiers: SELF_DECLARED, native: '0'}");
        answers.add(decision("UNKNOWN", "BAD_SIGNATURE", List.of("STALE"), List.of("3")));
        Row row = scenario.run(hub(), folder, each -> {}).getFirst();
        assertThat(row.expected()).isFalse();
        assertThat(row.detail()).isEqualTo("BAD_SIGNATURE");
        assertThat(row.mismatch())
                .isEqualTo("risk should be LOW, is UNKNOWN; reason should be null, is BAD_SIGNATURE; "
                        + "qualifiers should be [SELF_DECLARED], is [STALE]; native should be [0], is [3]");
    }

    @Test
    void aDecisionThatContradictsItselfIsNotExpected() throws Exception {
        Scenario scenario = onePerson("expect: {risk: LOW}");
        answers.add(
                "{\"risk\":\"LOW\",\"riskCode\":\"01\",\"reason\":null,\"validUntil\":null,\"qualifiers\":[],\"statements\":null}");
        assertThat(scenario.run(hub(), folder, each -> {}).getFirst().mismatch())
                .isEqualTo("riskCode 01 does not go with LOW; validUntil goes with every risk but UNKNOWN; "
                        + "statements and qualifiers must be arrays");
    }

    @Test
    void aProblemIsARowThatSaysSo() throws Exception {
        Scenario scenario = onePerson("expect: {risk: LOW}");
        status = 503;
        answers.add("{\"title\":\"later\"}");
        Row row = scenario.run(hub(), folder, each -> {}).getFirst();
        assertThat(row.expected()).isFalse();
        assertThat(row.risk()).isEqualTo("–");
        assertThat(row.mismatch()).contains("HTTP 503").contains("later");
    }

    @Test
    void anAnswerThatIsNoJsonAndAHubThatIsNotThereAreRowsToo() throws Exception {
        Scenario scenario = onePerson("expect: {risk: LOW}");
        answers.add("<html>");
        assertThat(scenario.run(hub(), folder, each -> {}).getFirst().mismatch())
                .contains("no decision");
        stub.stop(0);
        assertThat(scenario.run(hub(), folder, each -> {}).getFirst().mismatch())
                .contains("no decision");
    }

    @Test
    void peopleWhoAreNotWhatTheyMustBeAreRefusedWithTheReason() {
        assertThatThrownBy(() -> onePerson("expect: {risk: PURPLE}")).hasMessageContaining("PURPLE");
        assertThatThrownBy(() -> onePerson("expect: {risk: UNKNOWN}")).hasMessageContaining("reason");
        assertThatThrownBy(() -> onePerson("record: {a: 1}, expect: {risk: LOW}"))
                .hasMessageContaining("holder-01");
        assertThatThrownBy(() -> onePerson("behaviour: reset, expect: {risk: LOW}"))
                .hasMessageContaining("only a platform");
        assertThatThrownBy(() -> onePerson("shoe: 42, expect: {risk: LOW}")).hasMessageContaining("shoe");
        assertThatThrownBy(() -> onePerson("fault: no-such-fault, expect: {risk: LOW}"))
                .hasMessageContaining("NO_SUCH_FAULT");
    }

    private Scenario onePerson(String rest) {
        String yaml =
                "people: [{holder: holder-01, name: 陈*明, from: 440100.suikangma, claims: {iss: x}, " + rest + "}]";
        return Scenario.load(
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), provinces, InstantSource.system());
    }

    private URI hub() {
        return URI.create("http://127.0.0.1:" + stub.getAddress().getPort() + "/");
    }

    private static String rightAnswer(Expectation expect) {
        List<String> natives = Objects.requireNonNullElse(expect.nativeStates(), List.of());
        return decision(expect.risk(), expect.reason(), Objects.requireNonNull(expect.qualifiers()), natives);
    }

    private static String decision(
            String risk, @Nullable String reason, List<String> qualifiers, List<String> natives) {
        ObjectNode decision = JSON.createObjectNode().put("risk", risk).put("reason", reason);
        String code = switch (risk) {
            case "LOW" -> "00";
            case "MEDIUM" -> "01";
            case "HIGH" -> "10";
            default -> null;
        };
        decision.put("riskCode", code).put("validUntil", code == null ? null : "2026-01-06T00:00:00Z");
        decision.set("qualifiers", JSON.valueToTree(qualifiers));
        var statements = decision.putArray("statements");
        natives.forEach(state -> statements.addObject().put("native", state));
        return decision.toString();
    }
}
