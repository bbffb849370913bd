package dev.hutong.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.registry.web.Authorities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The hub that a command asks, named by {@code --hub}: a mixin. Not safe for several threads; the connection is kept until the process ends. */
final class HubConnection {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    @Option(
            names = "--hub",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The hub (default: ${DEFAULT-VALUE}).")
    private String url = "";

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "The authorities that the hub's certificate must be from, PEM (default: those that this machine trusts).")
    private @Nullable Path authorities;

    private @Nullable HttpClient client;

    /** A connection to a hub that no option names. */
    static HubConnection to(URI hub) {
        HubConnection connection = new HubConnection();
        connection.url = hub.toString();
        return connection;
    }

    /** What a hub answered, whatever its status. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Answer(String hub, int status, HttpHeaders headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** This answer where its status is 200 or 201, and a failure that tells the problem where it is not. */
        Answer orFail() {
            if (status == 200 || status == 201) {
                return this;
            }
            throw new CommandFailure(ExitCodes.FAILED, "The hub answered " + status + ": " + problem());
        }

        /** The answer as JSON; a failure where it is none, since then it is no hub's. */
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw notFromAHub();
            }
        }

        CommandFailure notFromAHub() {
            return new CommandFailure(
                    ExitCodes.FAILED, hub + " does not answer as a hub does: give the hub's own URL with --hub");
        }

        private String problem() {
            try {
                JsonNode problem = JSON.readTree(text());
                return Shown.line(problem.path("title").asText("no problem document") + ". "
                        + problem.path("detail").asText());
            } catch (JsonProcessingException e) {
                return "and no problem document; is it a hub?";
            }
        }
    }

    /** As it was given, without slashes at its end. */
    String url() {
        return url.replaceAll("/+$", "");
    }

    /** @param path with its leading slash */
    Answer get(String path, Map<String, String> headers) throws InterruptedException {
        HttpRequest.Builder request = request(path).GET();
        headers.forEach(request::header);
        return send(request.build());
    }

    Answer get(String path) throws InterruptedException {
        return get(path, Map.of());
    }

    /** @param path with its leading slash */
    Answer post(String path, String json) throws InterruptedException {
        return post(path, json, Map.of());
    }

    /** @param path with its leading slash */
    Answer post(String path, String json, Map<String, String> headers) throws InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        headers.forEach(request::header);
        return send(request.build());
    }

    /** @param path with its leading slash */
    Answer postForm(String path, String form) throws InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(url() + path)).timeout(ANSWER);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "--hub: «" + url + "» is not an http or https URL, such as http://127.0.0.1:8080.");
        }
    }

    /** Whom the hub's certificate must be from; empty where that is left to the machine. */
    Optional<SSLContext> trust() {
        if (authorities == null) {
            return Optional.empty();
        }
        return switch (Authorities.read(authorities)) {
            case Authorities.Reading.Trusted(SSLContext context) -> Optional.of(context);
            case Authorities.Reading.NotUsable(String why) -> throw new CommandFailure(ExitCodes.USAGE, "--ca: " + why);
        };
    }

    private HttpClient client() {
        HttpClient present = client;
        if (present == null) {
            HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT);
            trust().ifPresent(builder::sslContext);
            present = builder.build();
            client = present;
        }
        return present;
    }

    private Answer send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = client().send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(url(), response.statusCode(), response.headers(), response.body());
        } catch (SSLException e) {
            throw new CommandFailure(
                    ExitCodes.UNREACHABLE,
                    "The hub at " + url + " is not trusted (" + e.getMessage()
                            + "). Name the authority that its certificate is from with --ca.");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.UNREACHABLE,
                    "The hub at " + url + " cannot be reached (" + e
                            + "). Start one with ./hutong serve, or name it with --hub.");
        }
    }
}
