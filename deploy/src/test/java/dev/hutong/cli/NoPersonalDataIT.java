package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.demo.Person;
import dev.hutong.conformance.demo.Scenario;
import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.format.Examples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marked people go through a hub that tells as much as it can. Whatever it then has said or kept is searched for them. */
class NoPersonalDataIT {
    private static final String NAME = "龘靐齉";

    /** Only a name in which something is masked is shown to anybody. */
    private static final String MASKED_NAME = "龘*齉";

    private static final String LATIN_NAME = "QuxMarkedPerson";
    private static final String NUMBER = "990101198702039917";
    private static final String PHONE = "19973310462";
    private static final List<String> PEOPLE = List.of(NAME, LATIN_NAME, NUMBER, PHONE);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Long enough to be nothing else. */
    private static final int DISTINCTIVE = 24;

    private final InstantSource clock = InstantSource.system();
    private final Markers markers = new Markers();

    @TempDir
    private Path folder;

    @Test
    void nothingThatAHubSaysOrKeepsTellsOfAnybody() throws Exception {
        PEOPLE.forEach(markers::add);
        markers.add(MASKED_NAME);
        try (VirtualProvinces provinces = VirtualProvinces.startDemo(clock);
                TellingHub hub = new TellingHub(folder, provinces.registrations(), "")) {
            assertThat(sendPeople(NAME, hub, provinces))
                    .as("shown by their names")
                    .isZero();
            assertThat(sendPeople(MASKED_NAME, hub, provinces))
                    .as("shown by their masked names")
                    .isPositive();
            sendAnswers(hub, provinces);
            sendExamples(hub);
            sendNonsense(hub);
            sendWhatIsNoHttp(hub);
            Map<String, byte[]> said = hub.end();

            String log = new String(Objects.requireNonNull(said.get("the log")), StandardCharsets.UTF_8);
            assertThat(log).contains("\"requestId\"", "\"operation\":\"POST /v1/resolve\"");
            assertThat(said.get("the traces"))
                    .asString(StandardCharsets.ISO_8859_1)
                    .contains("authenticate");
            assertThat(said.get("the problems"))
                    .asString(StandardCharsets.UTF_8)
                    .contains("urn:hutong:request:");
            said.forEach(
                    (what, octets) -> assertThat(markers.in(octets)).as(what).isEmpty());
            said.forEach((what, octets) ->
                    assertThat(hub.secrets().in(octets)).as(what).isEmpty());
            assertEveryLineIsJson(log);
        }
    }

    /**
     * The people of the demo under this name, their codes whole, damaged and forged, their platforms well and ill.
     *
     * @return of how many the gate was shown the name
     */
    private int sendPeople(String name, TellingHub hub, VirtualProvinces provinces) throws Exception {
        Scenario scenario = Scenario.load(named(name), provinces, clock);
        int named = 0;
        for (Person person : scenario.people()) {
            ScannedCode code = scenario.issue(person);
            mark(new String(code.bytes(), StandardCharsets.UTF_8));
            byte[] answer = hub.send("/v1/resolve", forItsPurpose(scenario.request(person, code)), Map.of());
            named += JSON.readTree(answer).path("maskedName").asText().equals(name) ? 1 : 0;
            hub.send("/v1/resolve", scenario.request(person, code), Map.of());
            hub.send("/v1/resolve", scenario.request(person, code), Map.of("Accept", "application/jwt"));
            hub.send(
                    "/v1/translate",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("code", new String(code.bytes(), StandardCharsets.UTF_8))
                            .put("to", "yuekangma")
                            .toString(),
                    Map.of());
        }
        return named;
    }

    private static String forItsPurpose(String request) throws IOException {
        return ((ObjectNode) JSON.readTree(request))
                .put("purpose", RegisteredGate.PURPOSE)
                .toString();
    }

    /** What platforms can say of somebody that is no answer. */
    private void sendAnswers(TellingHub hub, VirtualProvinces provinces) throws Exception {
        var platform = provinces.province("330100.hangzhou").virtualPlatform();
        JsonNode record = JsonNodeFactory.instance
                .objectNode()
                .put("level", NAME)
                .put("name", LATIN_NAME)
                .put("zjgxsj", PHONE)
                .put(NUMBER, NAME);
        for (Behaviour behaviour : List.of(
                Behaviour.honest(),
                new Behaviour.MalformedRecord(),
                Behaviour.plainJson(),
                Behaviour.signedByAnotherIssuer(),
                Behaviour.mediaType("text/" + LATIN_NAME),
                Behaviour.status(500),
                Behaviour.status(404),
                Behaviour.oversized(),
                Behaviour.reset(),
                Behaviour.claim(LATIN_NAME, JsonNodeFactory.instance.textNode(NAME)),
                Behaviour.claim("iss", JsonNodeFactory.instance.textNode(NAME)),
                Behaviour.claim("exp", JsonNodeFactory.instance.textNode(NUMBER)))) {
            ScannedCode code = platform.issue(record, behaviour).scanned();
            hub.send("/v1/resolve", request(code.text()), Map.of());
        }
    }

    /** Every code that a format's package shows, claimed, malformed or of nobody's, and each again with somebody's number in it. */
    private void sendExamples(TellingHub hub) throws Exception {
        for (Path format : folders(Path.of("..", "mapping-rules", "formats"))) {
            Examples examples = Examples.of(new FormatId(format.getFileName().toString()));
            for (Examples.Scan scan : examples.recognise()) {
                String code = scan.code();
                if (code != null) {
                    mark(code);
                    hub.send("/v1/resolve", request(code), Map.of());
                    hub.send("/v1/resolve", request(code + NUMBER), Map.of());
                    hub.send("/v1/resolve", request(code.substring(0, code.length() / 2) + NAME), Map.of());
                }
            }
        }
    }

    private void sendNonsense(TellingHub hub) throws Exception {
        for (String person : PEOPLE) {
            for (String body : List.of(
                    request(person),
                    "{\"code\":\"" + person,
                    "{\"" + person + "\":1}",
                    "{\"code\":\"x\",\"" + person + "\":\"" + person + "\"}",
                    "{\"code\":\"x\",\"destination\":\"" + person + "\"}",
                    "{\"code\":\"x\",\"destination\":{\"" + person + "\":[]}}",
                    "{\"code\":\"x\",\"observed\":{\"temperature\":\"" + person + "\"}}",
                    "{\"code\":\"x\",\"observed\":{\"" + person + "\":\"36\"}}",
                    "{\"code\":\"x\",\"code\":\"" + person + "\"}",
                    "{\"codeBytes\":\"" + person + "\"}",
                    "{\"codes\":[\"" + person + "\",\"" + person + "\"]}",
                    "{\"code\":\"x\",\"nonce\":\"" + person + " \"}",
                    person,
                    "[" + person + "]",
                    "{\"code\":\"" + person.repeat(10_000) + "\"}",
                    "{\"code\":" + "[".repeat(2_000) + person + "}")) {
                hub.send("/v1/resolve", body, Map.of());
                hub.send(
                        "/v1/translate",
                        body.replace("{\"code\":\"x\"", "{\"code\":\"x\",\"to\":\"" + person + "\""),
                        Map.of());
                hub.send("/v1/registry/proposals", body, Map.of());
                hub.send("/recognition", body, Map.of());
                hub.send("/v1/resolve-batch", body + "\n" + body, Map.of("Content-Type", "application/x-ndjson"));
            }
            String escaped = java.net.URLEncoder.encode(person, StandardCharsets.UTF_8);
            hub.send("/v1/resolve", "name=" + escaped, Map.of("Content-Type", "application/x-www-form-urlencoded"));
            for (String path : List.of(
                    "/v1/issuers/" + escaped,
                    "/v1/issuers/" + escaped + "/jwks.json",
                    "/v1/issuers?at=" + escaped,
                    "/v1/registry/snapshot?from=" + escaped,
                    "/v1/registry/proposals/" + escaped,
                    "/v1/decisions/" + escaped,
                    "/v1/log/proof?" + escaped + "=" + escaped,
                    "/federation/fetch?sub=" + escaped,
                    "/log/tile/" + escaped,
                    "/" + escaped + "?" + escaped)) {
                hub.get(path);
            }
        }
        for (String person : List.of(LATIN_NAME, NUMBER, PHONE)) {
            for (String header : List.of(
                    "X-Request-Id",
                    "Accept",
                    "Authorization",
                    "Cookie",
                    "User-Agent",
                    "Referer",
                    "X-Forwarded-For",
                    "If-None-Match",
                    "tracestate",
                    "baggage",
                    "traceparent",
                    "DPoP")) {
                String value =
                        header.equals("X-Request-Id") && person.equals(LATIN_NAME) ? person + " " + person : person;
                hub.send("/v1/resolve", request("x"), Map.of(header, value));
            }
            hub.send("/v1/resolve", request("x"), Map.of("Content-Type", "text/" + person));
        }
    }

    private void sendWhatIsNoHttp(TellingHub hub) {
        for (String person : PEOPLE) {
            for (String request : List.of(
                    person + "\r\n\r\n",
                    "GET /" + person + "%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\n" + person + "\r\n\r\n",
                    "GET /" + person.repeat(2_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\nX: " + person.repeat(2_000) + "\r\n\r\n",
                    "POST /v1/resolve HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                            + person + "\r\n\r\n",
                    "POST /v1/resolve HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: " + person
                            + "\r\nContent-Length: 2\r\n\r\n{}")) {
                hub.sendRaw(request);
            }
        }
    }

    private static void assertEveryLineIsJson(String log) throws IOException {
        for (String line : log.lines().toList()) {
            JsonNode json = JSON.readTree(line);
            assertThat(json.isObject()).as(line).isTrue();
            assertThat(json.has("time") && json.has("level") && json.has("logger") && json.has("message"))
                    .as(line)
                    .isTrue();
        }
    }

    /** What is in the middle of a code is in no other text. */
    private void mark(String code) {
        if (code.length() >= 2 * DISTINCTIVE) {
            int middle = (code.length() - DISTINCTIVE) / 2;
            markers.add(code.substring(middle, middle + DISTINCTIVE));
        }
    }

    private static String request(String code) {
        return JsonNodeFactory.instance.objectNode().put("code", code).toString();
    }

    /** The people of the demo, all of them of this name. */
    private static InputStream named(String name) throws IOException {
        try (InputStream yaml = Objects.requireNonNull(Scenario.class.getResourceAsStream("/demo/people.yaml"))) {
            String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
            return new ByteArrayInputStream(octets(text.replaceAll("(?m)^    name: .*$", "    name: " + name)));
        }
    }

    private static List<Path> folders(Path in) throws IOException {
        try (Stream<Path> all = Files.list(in)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
