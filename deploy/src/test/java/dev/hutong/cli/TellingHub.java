package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.hutong.conformance.province.Registration;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.LocalRegistration;
import java.io.IOException;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * A hub as a process of its own that knows its clients and tells as much as it can: the log of hub and libraries at its finest, as JSON, every
 * request logged and traced. It is asked by one gate, tells at the end whatever it has said or kept, and is held to the contract.
 */
final class TellingHub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InstantSource clock = InstantSource.system();
    private final RegisteredGate gate = new RegisteredGate();
    private final List<byte[]> traced = new CopyOnWriteArrayList<>();
    private final List<byte[]> problems = new ArrayList<>();
    private final Markers secrets = new Markers();
    private final HttpServer collector;
    private final ContractWatch verifiersWatch = ContractWatch.ofVerifiers();
    private final ContractWatch operatorsWatch = ContractWatch.ofOperators();
    private final Path data;
    private final HutongProcess process;
    private final URI verifiers;
    private final String management;
    private final String token;

    /**
     * Starts it.
     *
     * @param folder for all that it needs
     * @param registrations the issuers that it knows
     * @param registry more of {@code hub.yaml}
     */
    TellingHub(Path folder, List<Registration> registrations, String registry) throws Exception {
        data = folder.resolve("data");
        collector = collector();
        Path config = config(folder, registry);
        register(registrations, config);
        process = HutongProcess.start(
                folder,
                Map.of("HUTONG_LOG", "TRACE", "HUTONG_LOG_LIBRARIES", "DEBUG"),
                "dev.hutong.cli.Hutong",
                "serve",
                "--config",
                config.toString());
        try {
            Matcher urls = process.awaitBareReady();
            verifiers = URI.create(urls.group(1));
            management = urls.group(2);
            secrets.add(JSON.readTree(gate.privateJwk()).get("d").textValue());
            String answer = askForToken(assertion());
            token = JSON.readTree(answer).path("access_token").asText();
            assertThat(token).as(answer).isNotEmpty();
            addJwt(token);
        } catch (Throwable e) { // whatever it was, nothing is left running
            close();
            throw e;
        }
    }

    private Path config(Path folder, String registry) throws IOException {
        return Files.writeString(folder.resolve("hub.yaml"), """
                data: %s
                http: { port: 0 }
                management: { port: 0 }
                clients: { required: true }
                warmUp: 500ms
                telemetry:
                  logs: json
                  accessLog: true
                  traces: { endpoint: "http://127.0.0.1:%d", sampling: 1 }
                %s
                """.formatted(
                        data, collector.getAddress().getPort(), registry));
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

    private void register(List<Registration> registrations, Path config) {
        DataFolder.hold(ConfigFile.read(config), (opened, registry) -> {
            LocalRegistration local = new LocalRegistration(registry, clock);
            for (Registration province : registrations) {
                for (String jwk : province.publicJwks()) {
                    local.add(
                            new IssuerId(province.issuerId()),
                            province.name(),
                            province.platform(),
                            RegisteredGate.key(jwk));
                }
            }
            local.add(gate.registration());
            return ExitCodes.OK;
        });
    }

    URI url() {
        return verifiers;
    }

    /** The gate's token. */
    String token() {
        return token;
    }

    /** A new assertion of the gate's; a secret from now on. */
    String assertion() {
        String assertion = gate.assertion(verifiers, clock.instant());
        addJwt(assertion);
        return assertion;
    }

    /** What is in the middle of its claims and of its signature is in no other text. */
    private void addJwt(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        for (String part : List.of(parts[1], parts[2])) {
            int middle = part.length() / 2;
            secrets.add(part.substring(middle - 12, middle + 12));
        }
    }

    /** What answers to a request for a token with this assertion. */
    String askForToken(String assertion) throws Exception {
        String form = "grant_type=client_credentials"
                + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                + "&client_assertion=" + assertion;
        HttpRequest.Builder request = HttpRequest.newBuilder(verifiers.resolve("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded");
        return new String(keep("POST", request, form, verifiersWatch), StandardCharsets.UTF_8);
    }

    /** Sends JSON as the gate, unless the headers say otherwise. */
    byte[] send(String path, String body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(verifiers.resolve(path))
                .setHeader("Content-Type", "application/json")
                .setHeader("Authorization", "Bearer " + token);
        headers.forEach(request::setHeader);
        return keep("POST", request, body, verifiersWatch);
    }

    /** Asks as the gate. */
    void get(String path) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(verifiers + path)).setHeader("Authorization", "Bearer " + token);
        keep("GET", request, "", verifiersWatch);
    }

    private byte[] askOperators(String path) throws Exception {
        return keep("GET", HttpRequest.newBuilder(URI.create(management + path)), "", operatorsWatch);
    }

    private byte[] keep(String method, HttpRequest.Builder builder, String body, ContractWatch watch) throws Exception {
        HttpRequest request =
                builder.method(method, BodyPublishers.ofString(body)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            watch.saw(method, request.uri(), octets(body), response);
            if (response.statusCode() >= 400) {
                problems.add(response.body());
                problems.add(octets(response.headers().map().toString()));
            }
            return response.body();
        }
    }

    /** Sends octets that are no HTTP. */
    void sendRaw(String request) {
        try (Socket socket = new Socket(verifiers.getHost(), verifiers.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(octets(request));
            socket.shutdownOutput();
            problems.add(socket.getInputStream().readAllBytes());
        } catch (IOException ended) {
            // It may end the connection rather than answer.
        }
    }

    /** Ends it; gives whatever it said or kept, and where. Of a key's own file that is all but the key. */
    Map<String, byte[]> end() throws Exception {
        Map<String, byte[]> said = new LinkedHashMap<>();
        for (String path : List.of("/metrics", "/health/ready")) {
            said.put(path, askOperators(path));
        }
        verifiersWatch.assertKept();
        operatorsWatch.assertKept();
        process.terminate();
        process.awaitExit();
        said.put("standard output", octets(process.out()));
        said.put("the log", octets(process.err()));
        said.put("the traces", joined(traced));
        said.put("the problems", joined(problems));
        int keys = 0;
        for (Path file : files(data)) {
            byte[] octets = Files.readAllBytes(file);
            if (file.toString().endsWith(".jwk.json")) {
                String d = JSON.readTree(octets).get("d").textValue();
                secrets.add(d);
                octets = octets(new String(octets, StandardCharsets.UTF_8).replace(d, ""));
                keys++;
            }
            said.put(data.relativize(file).toString(), octets);
        }
        assertThat(keys).isGreaterThanOrEqualTo(4);
        return said;
    }

    /** The private half of every key, every assertion and the token; all of them once it has ended. */
    Markers secrets() {
        return secrets;
    }

    private static List<Path> files(Path in) throws IOException {
        try (Stream<Path> all = Files.walk(in)) {
            return all.filter(Files::isRegularFile).toList();
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

    @Override
    public void close() {
        process.close();
        collector.stop(0);
    }
}
