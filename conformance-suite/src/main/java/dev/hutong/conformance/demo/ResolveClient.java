package dev.hutong.conformance.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Asks a hub to resolve codes, as a verifier does. */
final class ResolveClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI resolve;
    private final Map<String, String> headers;

    /**
     * A client of the hub at this address, with or without a slash at its end.
     *
     * @param headers what it sends with every request beside the usual, such as by which token it is known
     */
    ResolveClient(URI hub, Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
        String base = hub.toString();
        this.resolve = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/resolve");
    }

    /**
     * Sends one request.
     *
     * @throws IOException if there is no answer, or it is no decision; the message says which
     */
    Resolved resolve(String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(resolve)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        long start = System.nanoTime();
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        double millis = (System.nanoTime() - start) / 1e6;
        if (response.statusCode() != 200) {
            throw new IOException("HTTP " + response.statusCode() + " " + response.body());
        }
        JsonNode json = JSON.readTree(response.body());
        return new Resolved(HubDecision.read(json), millis);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** A decision and how long it took, in milliseconds. */
    record Resolved(HubDecision decision, double millis) {}
}
