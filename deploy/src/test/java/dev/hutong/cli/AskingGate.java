package dev.hutong.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Gates that ask a hub without a pause, and remember every decision that they were told. */
final class AskingGate implements AutoCloseable {
    private static final int GATES = 4;
    private static final String ASKED = "{\"code\":\"nothing that a format claims\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest.Builder request;
    private final Supplier<String> questions;
    private final ContractWatch watch = ContractWatch.ofVerifiers();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicInteger missing;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService gates = Executors.newFixedThreadPool(GATES);
    private volatile boolean ended;
    private volatile int lastStatus = 200;

    /** Begins to ask about what is no code, until it is closed or the hub is gone or refuses. */
    AskingGate(String hub, int enough) {
        this(hub, () -> ASKED, enough);
    }

    /** Begins to ask these, one after the other. */
    AskingGate(String hub, Supplier<String> questions, int enough) {
        this.request = HttpRequest.newBuilder(URI.create(hub + "/v1/resolve"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json");
        this.questions = questions;
        this.missing = new AtomicInteger(enough);
        for (int gate = 0; gate < GATES; gate++) {
            gates.execute(this::ask);
        }
    }

    private void ask() {
        try {
            while (!ended) {
                String asked = questions.get();
                HttpRequest question =
                        request.copy().POST(BodyPublishers.ofString(asked)).build();
                HttpResponse<byte[]> answer = http.send(question, HttpResponse.BodyHandlers.ofByteArray());
                watch.saw("POST", question.uri(), asked.getBytes(StandardCharsets.UTF_8), answer);
                if (answer.statusCode() != 200) {
                    lastStatus = answer.statusCode();
                    break;
                }
                told.add(new ObjectMapper().readTree(answer.body()).get("id").textValue());
                if (missing.decrementAndGet() == 0) {
                    over.countDown();
                }
            }
        } catch (IOException hubIsGone) {
            // As it is meant to be.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
        }
    }

    /** Returns once so many decisions were told, or a gate was told none. */
    void awaitEnough() throws InterruptedException {
        over.await();
    }

    /** Asks no more, and gives what was told. */
    List<String> end() {
        ended = true;
        gates.close();
        watch.assertKept();
        return List.copyOf(told);
    }

    /** 200, or with what the hub refused. */
    int lastStatus() {
        return lastStatus;
    }

    @Override
    public void close() {
        end();
        http.shutdownNow();
    }
}
