package dev.hutong.conformance.province;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.jose.Base64Url;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

/** A minimal hub: asks a virtual platform over a real socket, and reads answers without checking them. */
final class PlatformProbe implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Duration patience;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A probe that waits so long for the headers of an answer. */
    PlatformProbe(Duration patience) {
        this.patience = patience;
    }

    ObjectNode request(String member, String input) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(member, input)
                .put("requestId", UUID.randomUUID().toString())
                .put("timestamp", 1_767_630_600_000L)
                .put("format", "json")
                .put("version", "1.0");
    }

    HttpResponse<String> post(URI uri, String path, JsonNode body) throws IOException, InterruptedException {
        return post(uri, path, "application/json", body.toString());
    }

    HttpResponse<String> post(URI uri, String path, String contentType, String body)
            throws IOException, InterruptedException {
        return http.send(request(uri, path, contentType, body), HttpResponse.BodyHandlers.ofString());
    }

    /** The body as it arrives; returns as soon as the headers are there. */
    InputStream stream(URI uri, String path, JsonNode body) throws IOException, InterruptedException {
        var request = request(uri, path, "application/json", body.toString());
        return http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    }

    private HttpRequest request(URI uri, String path, String contentType, String body) {
        return HttpRequest.newBuilder(URI.create(uri + path))
                .timeout(patience)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    static JsonNode header(String jws) throws IOException {
        return JSON.readTree(Base64Url.decode(jws.split("\\.", -1)[0]));
    }

    static JsonNode claims(String jws) throws IOException {
        return JSON.readTree(Base64Url.decode(jws.split("\\.", -1)[1]));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
