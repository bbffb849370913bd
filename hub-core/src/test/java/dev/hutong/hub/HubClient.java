package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.ScannedCode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A verifier that holds the hub to its contract: every exchange is checked against {@code openapi.yaml}. */
public final class HubClient implements AutoCloseable {
    private final Contract contract;
    private final URI hub;
    private final HttpClient http;

    private HubClient(URI hub, Contract contract, HttpClient http) {
        this.hub = hub;
        this.contract = contract;
        this.http = http;
    }

    /** A client of the server for verifiers. */
    public static HubClient ofVerifier(URI hub) {
        return ofVerifier(hub, HttpClient.Version.HTTP_1_1);
    }

    public static HubClient ofVerifier(URI hub, HttpClient.Version version) {
        return new HubClient(
                hub,
                Contract.load().forVerifiers(),
                HttpClient.newBuilder().version(version).build());
    }

    /** A client of the server for operators. */
    public static HubClient ofOperator(URI management) {
        return new HubClient(
                management,
                Contract.load().forOperators(),
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    /** A client of the server for verifiers, by TLS; HTTP/2 would do for it. */
    static HubClient ofVerifier(URI hub, SSLContext trust) {
        return new HubClient(
                hub,
                Contract.load().forVerifiers(),
                HttpClient.newBuilder().sslContext(trust).build());
    }

    /** A client of the server for operators, by TLS. */
    static HubClient ofOperator(URI management, SSLContext trust) {
        return new HubClient(
                management,
                Contract.load().forOperators(),
                HttpClient.newBuilder().sslContext(trust).build());
    }

    public Exchange get(String path) {
        return send("GET", path, new byte[0], Map.of());
    }

    /** Asks with a body as it stands. */
    public Exchange resolve(String json) {
        return resolve(json.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Asks with a body as it stands, and with more headers or other ones. */
    public Exchange resolve(byte[] body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(Map.of("Content-Type", "application/json"));
        all.putAll(headers);
        return send("POST", "/v1/resolve", body, all);
    }

    /** Asks about a code. */
    public Exchange resolve(ScannedCode code) {
        return resolve(request(code).toString());
    }

    /** The request about a code, to be added to. */
    public static ObjectNode request(ScannedCode code) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        return code.isBinary()
                ? request.put(
                        "codeBytes", Base64.getUrlEncoder().withoutPadding().encodeToString(code.bytes()))
                : request.put("code", code.text());
    }

    public Exchange send(String method, String path, byte[] body, Map<String, String> headers) {
        return send(method, path, body, headers, BodyPublishers.ofByteArray(body));
    }

    /** As {@link #send(String, String, byte[], Map)}, the body in chunks, its length not told. */
    public Exchange sendChunked(String path, byte[] body, Map<String, String> headers) {
        return send("POST", path, body, headers, BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body)));
    }

    private Exchange send(
            String method, String path, byte[] body, Map<String, String> headers, HttpRequest.BodyPublisher publisher) {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : publisher);
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> answered = new HashMap<>();
            response.headers().map().forEach((name, values) -> answered.put(name, String.join(", ", values)));
            Exchange exchange = new Exchange(
                    method, path, Buffer.buffer(body), response.statusCode(), answered, Buffer.buffer(response.body()));
            assertThat(contract.breachesIn(exchange))
                    .as("%s %s → %d %s", method, path, exchange.status(), exchange.text())
                    .isEmpty();
            return exchange;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
