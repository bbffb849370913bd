package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import dev.hutong.conformance.demo.Person;
import dev.hutong.conformance.demo.Scenario;
import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.Registration;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.format.Examples;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.LocalRegistration;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Marked people go through a hub that tells as much as it can: the log of hub and libraries at its finest, as JSON, every request logged and
 * traced. Whatever the hub then has said or kept is searched for them.
 */
class NoPersonalDataIT {
    private static final String NAME = "龘靐齉";
    private static final String LATIN_NAME = "QuxMarkedPerson";
    private static final String NUMBER = "990101198702039917";
    private static final String PHONE = "19973310462";
    private static final List<String> PEOPLE = List.of(NAME, LATIN_NAME, NUMBER, PHONE);

    /** Long enough to be nothing else. */
    private static final int DISTINCTIVE = 24;

    private final InstantSource clock = InstantSource.system();
    private final Markers markers = new Markers();
    private final List<byte[]> traced = new CopyOnWriteArrayList<>();
    private final List<byte[]> problems = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void nothingThatAHubSaysOrKeepsTellsOfAnybody() throws Exception {
        PEOPLE.forEach(markers::add);
        Path data = folder.resolve("data");
        HttpServer collector = collector();
        Map<String, byte[]> said = new LinkedHashMap<>();
        try (VirtualProvinces provinces = VirtualProvinces.startDemo(clock)) {
            register(provinces.registrations(), data);
            try (HutongProcess hub = HutongProcess.start(
                    folder,
                    Map.of("HUTONG_LOG", "TRACE", "HUTONG_LOG_LIBRARIES", "DEBUG"),
                    "dev.hutong.cli.Hutong",
                    "serve",
                    "--config",
                    config(data, collector).toString())) {
                Matcher urls = hub.awaitReady();
                URI verifiers = URI.create(urls.group(1));
                sendPeople(verifiers, provinces);
                sendAnswers(verifiers, provinces);
                sendExamples(verifiers);
                sendNonsense(verifiers);
                sendWhatIsNoHttp(verifiers);
                said.put("/metrics", get(urls.group(2) + "/metrics"));
                said.put("/health/ready", get(urls.group(2) + "/health/ready"));
                hub.terminate();
                hub.awaitExit();
                said.put("standard output", octets(hub.out()));
                said.put("the log", octets(hub.err()));
            }
        } finally {
            collector.stop(0);
        }
        said.put("the traces", joined(traced));
        said.put("the problems", joined(problems));
        files(data).forEach(file -> said.put(data.relativize(file).toString(), read(file)));

        assertThat(said.get("the log"))
                .asString(StandardCharsets.UTF_8)
                .contains("\"requestId\"", "\"operation\":\"POST /v1/resolve\"");
        assertThat(said.get("the traces")).asString(StandardCharsets.ISO_8859_1).contains("authenticate");
        assertThat(said.get("the problems")).asString(StandardCharsets.UTF_8).contains("urn:hutong:request:");
        said.forEach((what, octets) -> assertThat(markers.in(octets)).as(what).isEmpty());
        assertNoSecretIn(said, data);
        assertEveryLineIsJson(said.get("the log"));
    }

    /** The people of the demo under a marked name, their codes whole, damaged and forged, their platforms well and ill. */
    private void sendPeople(URI hub, VirtualProvinces provinces) throws Exception {
        Scenario scenario = Scenario.load(marked("/demo/people.yaml"), provinces, clock);
        for (Person person : scenario.people()) {
            ScannedCode code = scenario.issue(person);
            mark(new String(code.bytes(), StandardCharsets.UTF_8));
            send(hub, "/v1/resolve", octets(scenario.request(person, code)), Map.of());
            send(hub, "/v1/resolve", octets(scenario.request(person, code)), Map.of("Accept", "application/jwt"));
            send(
                    hub,
                    "/v1/translate",
                    octets(JsonNodeFactory.instance
                            .objectNode()
                            .put("code", new String(code.bytes(), StandardCharsets.UTF_8))
                            .put("to", "yuekangma")
                            .toString()),
                    Map.of());
        }
    }

    /** What platforms can say of somebody that is no answer. */
    private void sendAnswers(URI hub, VirtualProvinces provinces) throws Exception {
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
            send(hub, "/v1/resolve", octets(request(code.text())), Map.of());
        }
    }

    /** Every code that a format's package shows, claimed, malformed or of nobody's, and each again with somebody's number in it. */
    private void sendExamples(URI hub) throws Exception {
        for (Path format : folders(Path.of("..", "mapping-rules", "formats"))) {
            Examples examples = Examples.of(new FormatId(format.getFileName().toString()));
            for (Examples.Scan scan : examples.recognise()) {
                String code = scan.code();
                if (code != null) {
                    mark(code);
                    send(hub, "/v1/resolve", octets(request(code)), Map.of());
                    send(hub, "/v1/resolve", octets(request(code + NUMBER)), Map.of());
                    send(hub, "/v1/resolve", octets(request(code.substring(0, code.length() / 2) + NAME)), Map.of());
                }
            }
        }
    }

    private void sendNonsense(URI hub) throws Exception {
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
                send(hub, "/v1/resolve", octets(body), Map.of());
                send(
                        hub,
                        "/v1/translate",
                        octets(body.replace("{\"code\":\"x\"", "{\"code\":\"x\",\"to\":\"" + person + "\"")),
                        Map.of());
                send(hub, "/v1/registry/proposals", octets(body), Map.of());
                send(hub, "/recognition", octets(body), Map.of());
                send(
                        hub,
                        "/v1/resolve-batch",
                        octets(body + "\n" + body),
                        Map.of("Content-Type", "application/x-ndjson"));
            }
            String escaped = java.net.URLEncoder.encode(person, StandardCharsets.UTF_8);
            send(
                    hub,
                    "/v1/resolve",
                    octets("name=" + escaped),
                    Map.of("Content-Type", "application/x-www-form-urlencoded"));
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
                get(hub + path);
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
                send(hub, "/v1/resolve", octets(request("x")), Map.of(header, value));
            }
            send(hub, "/v1/resolve", octets(request("x")), Map.of("Content-Type", "text/" + person));
        }
    }

    private void sendWhatIsNoHttp(URI hub) throws IOException {
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
                try (Socket socket = new Socket(hub.getHost(), hub.getPort())) {
                    socket.setSoTimeout(5_000);
                    socket.getOutputStream().write(octets(request));
                    socket.shutdownOutput();
                    problems.add(socket.getInputStream().readAllBytes());
                } catch (IOException ended) {
                    // It may end the connection rather than answer.
                }
            }
        }
    }

    /** The private half of no key is said or kept anywhere but in its own file. */
    private static void assertNoSecretIn(Map<String, byte[]> said, Path data) throws IOException {
        Markers secrets = new Markers();
        List<String> keyFiles = new ArrayList<>();
        for (Path file : files(data)) {
            if (file.toString().endsWith(".jwk.json")) {
                keyFiles.add(data.relativize(file).toString());
                secrets.add(new ObjectMapper().readTree(read(file)).get("d").textValue());
            }
        }
        assertThat(keyFiles).hasSizeGreaterThanOrEqualTo(3);
        said.forEach((what, octets) -> {
            if (!keyFiles.contains(what)) {
                assertThat(secrets.in(octets)).as(what).isEmpty();
            }
        });
    }

    private static void assertEveryLineIsJson(byte[] log) throws IOException {
        for (String line : new String(log, StandardCharsets.UTF_8).lines().toList()) {
            JsonNode json = new ObjectMapper().readTree(line);
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

    private void send(URI hub, String path, byte[] body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve(path)).POST(BodyPublishers.ofByteArray(body));
        request.setHeader("Content-Type", "application/json");
        headers.forEach(request::setHeader);
        keep(request.build());
    }

    private byte[] get(String url) throws Exception {
        return keep(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private byte[] keep(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= 400) {
                problems.add(response.body());
                problems.add(octets(response.headers().map().toString()));
            }
            return response.body();
        }
    }

    private Path config(Path data, HttpServer collector) throws IOException {
        return Files.writeString(folder.resolve("hub.yaml"), """
                data: %s
                http: { port: 0 }
                management: { port: 0 }
                warmUp: 500ms
                telemetry:
                  logs: json
                  accessLog: true
                  traces: { endpoint: "http://127.0.0.1:%d", sampling: 1 }
                """.formatted(
                        data, collector.getAddress().getPort()));
    }

    private HttpServer collector() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            traced.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void register(List<Registration> registrations, Path data) {
        if (!(RegistryFolder.tryOpen(data) instanceof RegistryFolder.Opened(RegistryFolder opened))) {
            throw new IllegalStateException(data + " cannot be opened");
        }
        try (opened;
                Registry registry = Registry.open(opened.log(), SignatureProviders.choose(), clock)) {
            LocalRegistration local = new LocalRegistration(registry, clock);
            for (Registration province : registrations) {
                for (String jwk : province.publicJwks()) {
                    local.add(new IssuerId(province.issuerId()), province.name(), province.platform(), key(jwk));
                }
            }
        }
    }

    private static PublicJwk key(String jwk) {
        return switch (PublicJwk.parse(jwk.getBytes(StandardCharsets.UTF_8))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk admitted) -> admitted;
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalStateException(refused.explanation());
        };
    }

    /** The same people, all of them of the marked name. */
    private static InputStream marked(String resource) throws IOException {
        try (InputStream yaml = Objects.requireNonNull(Scenario.class.getResourceAsStream(resource))) {
            String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
            return new ByteArrayInputStream(octets(text.replaceAll("(?m)^    name: .*$", "    name: " + NAME)));
        }
    }

    private static List<Path> folders(Path in) throws IOException {
        try (Stream<Path> all = Files.list(in)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    private static List<Path> files(Path in) throws IOException {
        try (Stream<Path> all = Files.walk(in)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] joined(List<byte[]> parts) {
        StringBuilder all = new StringBuilder();
        parts.forEach(part ->
                all.append(new String(part, StandardCharsets.ISO_8859_1)).append('\n'));
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
