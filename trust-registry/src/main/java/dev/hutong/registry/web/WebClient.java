package dev.hutong.registry.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Asks an HTTP server that is trusted with nothing: every answer is bounded in time, from the first octet to the last, and in size; no
 * redirection is followed and no cookie kept. Blocks; safe for use by any number of threads.
 */
public final class WebClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient http;
    private final Duration patience;

    /** @param patience for one whole answer */
    public WebClient(Duration patience) {
        this(patience, Optional.empty());
    }

    /**
     * @param patience for one whole answer
     * @param trust by which servers' certificates are judged; the machine's own where absent
     */
    public WebClient(Duration patience, Optional<SSLContext> trust) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience.compareTo(CONNECT) < 0 ? patience : CONNECT);
        trust.ifPresent(builder::sslContext);
        this.http = builder.build();
        this.patience = patience;
    }

    /** What became of a question. */
    public sealed interface Answer {}

    /**
     * The server answered.
     *
     * @param mediaType in lower case, without parameters; empty where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Answered(int status, String mediaType, byte[] body) implements Answer {}

    /** Nothing was answered in time, or more than was asked for. */
    public record Unanswered(String why) implements Answer {}

    /** Fetches at most so many octets. */
    public Answer get(URI address, int limit) throws InterruptedException {
        return send(HttpRequest.newBuilder(address).GET().build(), limit);
    }

    /** Sends this text, and takes an answer of at most so many octets. */
    public Answer post(URI address, byte[] text, int limit) throws InterruptedException {
        return send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .POST(BodyPublishers.ofByteArray(text))
                        .build(),
                limit);
    }

    /** The time-out of a request would end with the headers of its answer. */
    private Answer send(HttpRequest request, int limit) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limit));
        try {
            HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answered(
                    response.statusCode(), type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), response.body());
        } catch (TimeoutException late) {
            answer.cancel(true);
            return new Unanswered("no whole answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException failure) {
            return new Unanswered(
                    failure.getCause() instanceof IOException cause
                            ? String.valueOf(cause)
                            : "the request failed: " + failure.getCause());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
