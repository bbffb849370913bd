package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.clients.Role;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.hub.config.LoadConfig;
import dev.hutong.hub.load.Limits;
import dev.hutong.hub.load.Quota;
import dev.hutong.hub.load.QuotaPlan;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.ClientTerms;
import dev.hutong.registry.RegistryEvent;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More is asked of a running hub than it answers: what it then leaves out, and who gets how much. */
class LoadIT {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final InstantSource clock = InstantSource.system();

    @TempDir
    private Path data;

    @Test
    void underOverloadTheRestIsRefusedTheDecisionsAreAbridgedAndTheHubRecoversAtOnce() {
        try (VirtualProvinces provinces = VirtualProvinces.startDemo(clock);
                Flooded flooded = new Flooded(provinces)) {
            flooded.flood("127.0.0.1", 400);
            flooded.untilShedding();
            Exchange abridged = flooded.decision("127.0.0.2");

            assertThat(abridged.json().get("risk").textValue()).isEqualTo("LOW");
            assertThat(abridged.json().get("abridged").booleanValue()).isTrue();
            assertThat(abridged.json().get("explanation").isNull()).isTrue();
            assertThat(abridged.json().get("trace")).isEmpty();
            assertThat(abridged.json().at("/statements/0/evidence")).isEmpty();
            assertThat(abridged.json().at("/statements/0/native").isTextual()).isTrue();
            assertThat(flooded.shedByMetrics()).isPositive();

            flooded.stop();
            flooded.untilCalm();
            assertThat(flooded.decision("127.0.0.2").json().has("abridged")).isFalse();
        }
    }

    @Test
    void underOverloadTheMaskedNameIsLeftOutAndTheStatusNever() {
        OAuthClient flooding = OAuthClient.of("flooding", ClientRole.VERIFIER);
        OAuthClient hospital = OAuthClient.of(
                "hospital",
                new ClientTerms(
                        "Hospital",
                        Set.of(ClientRole.VERIFIER, ClientRole.AUDITOR),
                        Set.of(),
                        Set.of("admission"),
                        Optional.empty()));
        try (VirtualProvinces provinces = VirtualProvinces.startDemo(clock);
                Flooded flooded = new Flooded(provinces, Map.of("127.0.0.1", flooding, "127.0.0.2", hospital))) {
            ObjectNode claims = Codes.atLevel(2, clock.instant()).put("xm", "张*");
            claims.putObject("hsjc").put("jg", "阴性").put("sj", "2026-01-05 08:00:00");
            String yellow = HubClient.request(
                            provinces.province(Codes.GUANGZHOU).sign(claims))
                    .put("purpose", "admission")
                    .toString();
            JsonNode whole = flooded.decision("127.0.0.2", yellow).json();
            flooded.flood("127.0.0.1", 400);
            flooded.untilShedding();
            JsonNode abridged = flooded.decision("127.0.0.2", yellow).json();

            assertThat(whole.get("maskedName").textValue()).isEqualTo("张*");
            assertThat(whole.at("/statements/0/evidence")).isNotEmpty();
            assertThat(abridged.get("abridged").booleanValue()).isTrue();
            assertThat(abridged.has("maskedName")).isFalse();
            assertThat(abridged.get("risk").textValue()).isEqualTo("MEDIUM");
            assertThat(withoutWhatIsLeftOut(abridged)).isEqualTo(withoutWhatIsLeftOut(whole));
        }
    }

    /** Of a decision, what a gate acts on: the same from one moment to the next. */
    private static JsonNode withoutWhatIsLeftOut(JsonNode decision) {
        ObjectNode rest = decision.deepCopy();
        rest.remove(List.of("maskedName", "explanation", "trace", "abridged", "id", "decidedAt"));
        rest.path("statements").forEach(statement -> ((ObjectNode) statement).remove("evidence"));
        return rest;
    }

    @Test
    void oneVerifierThatFloodsDoesNotStarveAnother() {
        try (VirtualProvinces provinces = VirtualProvinces.startDemo(clock);
                Flooded flooded = new Flooded(provinces)) {
            flooded.flood("127.0.0.1", 400);
            flooded.untilShedding();
            int answered = 0;
            for (int i = 0; i < 100; i++) {
                answered += flooded.ask("127.0.0.2", flooded.green).statusCode() == 200 ? 1 : 0;
            }
            assertThat(answered).isGreaterThanOrEqualTo(95);
            assertThat(flooded.refused.get()).isGreaterThan(100);
        }
    }

    @Test
    void requestsSentWithoutWaitingForAnswersAreAnsweredInTheirOrder() throws IOException {
        try (TestHub hub = TestHub.start(TestHub.config(data), clock);
                Socket socket =
                        new Socket(hub.hub().url().getHost(), hub.hub().url().getPort())) {
            socket.setSoTimeout(20_000);
            int requests = 2_000;
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < requests; i++) {
                        String body = "{\"code\":\"\",\"destination\":\"n" + i + "\"}";
                        socket.getOutputStream()
                                .write(("POST /v1/resolve HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
                                                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                                        .getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            StringBuilder read = new StringBuilder();
            byte[] buffer = new byte[65_536];
            while (read.indexOf("\"n" + (requests - 1) + "\"") < 0) {
                int length = socket.getInputStream().read(buffer);
                assertThat(length).isPositive();
                read.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
            }
            int at = -1;
            for (int i = 0; i < requests; i++) {
                int next = read.indexOf("\"destination\":\"n" + i + "\"", at + 1);
                assertThat(next).as("answer %d", i).isGreaterThan(at);
                at = next;
            }
        }
    }

    /** A hub that is overloaded by few, since each holds one of its few places for a while, at a platform. */
    private final class Flooded implements AutoCloseable {
        private static final Duration HOLD = Duration.ofMillis(100);
        /** All places may be let go at once, so that whoever is next waits for a whole hold: that is no reason to be refused. */
        private static final Duration PATIENCE = HOLD.multipliedBy(3);

        private final TestHub hub;
        private final String green;
        private final String slow;
        private final Map<String, String> addressToToken = new HashMap<>();
        private final Contract contract = Contract.load().forVerifiers();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final Map<String, HttpClient> addressToHttp = new HashMap<>();
        private final AtomicBoolean floods = new AtomicBoolean(true);
        private final AtomicInteger refused = new AtomicInteger();
        private final Semaphore stopped = new Semaphore(0);
        private int flooding;

        Flooded(VirtualProvinces provinces) {
            this(provinces, Map.of());
        }

        /** @param addressToClient who asks from where; where nobody is named everybody may ask */
        Flooded(VirtualProvinces provinces, Map<String, OAuthClient> addressToClient) {
            this.green = HubClient.request(provinces.province(Codes.GUANGDONG).sign(Codes.green(clock.instant())))
                    .toString();
            this.slow = HubClient.request(provinces
                            .province(Codes.HANGZHOU)
                            .virtualPlatform()
                            .issue(Codes.record("green", clock.instant().minusSeconds(60)), Behaviour.slow(HOLD))
                            .scanned())
                    .toString();
            List<RegistryEvent> events = new ArrayList<>(TestHub.registrationOf(provinces, clock.instant()));
            addressToClient.values().forEach(client -> events.add(client.registered(clock.instant())));
            TestHub.append(data, clock, events);
            LoadConfig load = TestHub.config(data).load().withLimits(new Limits(PATIENCE, 16));
            Quota plenty = new Quota(1_000_000, SECOND, 1_000_000);
            this.hub = TestHub.start(
                    TestHub.config(data)
                            .withClients(addressToClient.isEmpty() ? ClientsConfig.DEFAULT : ClientsConfig.REQUIRED)
                            .withLoad(load.withQuotas(
                                    new QuotaPlan(plenty, Map.of(Role.VERIFIER, plenty), plenty, plenty))),
                    clock);
            addressToClient.forEach((address, client) -> addressToToken.put(address, client.token(hub, clock)));
        }

        /** How many were refused, as operators see it. */
        double shedByMetrics() {
            return hub.operator()
                    .get("/metrics")
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("hutong_load_shed_total "))
                    .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                    .sum();
        }

        void flood(String address, int connections) {
            flooding += connections;
            for (int i = 0; i < connections; i++) {
                threads.execute(() -> {
                    while (floods.get()) {
                        if (ask(address, slow).statusCode() == 503) {
                            refused.incrementAndGet();
                        }
                    }
                    stopped.release();
                });
            }
        }

        void untilShedding() {
            while (refused.get() < 10) {
                Thread.onSpinWait();
            }
        }

        void stop() {
            floods.set(false);
            stopped.acquireUninterruptibly(flooding);
        }

        void untilCalm() {
            while (decision("127.0.0.2").json().has("abridged")) {
                Thread.onSpinWait();
            }
        }

        /** Asks until there is a decision. */
        Exchange decision(String address) {
            return decision(address, green);
        }

        Exchange decision(String address, String body) {
            while (true) {
                HttpResponse<byte[]> response = ask(address, body);
                Map<String, String> headers = new HashMap<>();
                response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
                Exchange exchange = new Exchange(
                        "POST",
                        "/v1/resolve",
                        Buffer.buffer("{\"code\":\"\"}"),
                        response.statusCode(),
                        headers,
                        Buffer.buffer(response.body()));
                assertThat(contract.breachesIn(exchange)).as(exchange.text()).isEmpty();
                if (exchange.status() == 200) {
                    return exchange;
                }
                assertThat(exchange.problem()).isEqualTo("overloaded");
                assertThat(exchange.header("Retry-After")).isEqualTo("1");
            }
        }

        HttpResponse<byte[]> ask(String address, String body) {
            HttpRequest.Builder request = HttpRequest.newBuilder(hub.hub().url().resolve("/v1/resolve"))
                    .timeout(Duration.ofSeconds(20))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            if (addressToToken.containsKey(address)) {
                request.header("Authorization", "Bearer " + addressToToken.get(address));
            }
            try {
                return client(address).send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private synchronized HttpClient client(String address) {
            return addressToHttp.computeIfAbsent(address, from -> {
                try {
                    return HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .localAddress(InetAddress.getByName(from))
                            .build();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        @Override
        public void close() {
            if (floods.get()) {
                stop();
            }
            threads.shutdown();
            addressToHttp.values().forEach(HttpClient::shutdownNow);
            hub.close();
        }
    }
}
