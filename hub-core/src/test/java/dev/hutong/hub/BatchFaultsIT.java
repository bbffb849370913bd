package dev.hutong.hub;

import static dev.hutong.hub.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.config.HubConfig.Endpoint;
import dev.hutong.hub.config.LoadConfig;
import dev.hutong.hub.http.BatchOperations;
import dev.hutong.hub.http.Callers;
import dev.hutong.hub.http.HttpApi;
import dev.hutong.hub.http.LoadGate;
import dev.hutong.hub.http.QuotaGate;
import dev.hutong.hub.load.Limits;
import dev.hutong.hub.load.LocalQuotas;
import dev.hutong.hub.resolve.Ledger;
import dev.hutong.hub.resolve.Resolver;
import dev.hutong.hub.resolve.RulesInForce;
import dev.hutong.hub.resolve.Shadow;
import dev.hutong.hub.telemetry.CurrentRequest;
import dev.hutong.hub.telemetry.Telemetry;
import dev.hutong.mapping.Explanations;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.province.Platforms;
import dev.hutong.registry.ConfirmedSnapshot;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.merkle.MerkleTree;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A batch meets a bug of the hub's own: every second line fails before there is anything to wait for. */
class BatchFaultsIT {
    private static final int IN_FLIGHT = 16;
    private static final int LINES = 400;

    private final InstantSource clock = InstantSource.system();
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<Optional<String>> requests = ConcurrentHashMap.newKeySet();
    private final LoadConfig config =
            TestHub.config(Path.of(".")).load().withLimits(new Limits(Duration.ofMillis(25), IN_FLIGHT));
    private final LoadGate load = new LoadGate(config.limits(), List.of());
    private HubClient client;

    @BeforeEach
    void start() {
        QuotaGate quotas = new QuotaGate(new LocalQuotas(System::nanoTime), config.quotas(), load);
        HttpApi api = new HttpApi(
                List.of(load, Callers.OPEN, quotas),
                List.of(new BatchOperations(failingEverySecondTime(), load, quotas, config.batch())));
        client = HubClient.ofVerifier(HttpServers.listen(
                vertx,
                new Door("http", new Endpoint("127.0.0.1", 0), Optional.empty()),
                2,
                Telemetry.unseen(clock).ofVerifiers(api::router)));
    }

    @AfterEach
    void stop() {
        client.close();
        vertx.close().await();
    }

    @Test
    void aLineThatMeetsABugIsAProblemOfItsOwnAndItsPlaceIsFreeAgain() {
        Exchange batch = batch(Map.of());

        assertThat(batch.status()).isEqualTo(200);
        assertThat(batch.text().lines()).hasSize(LINES);
        assertThat(batch.text().lines().filter(line -> line.contains("urn:hutong:problem:internal")))
                .hasSize(LINES / 2);
        assertThat(batch.text().lines().filter(line -> line.contains("UNKNOWN_FORMAT")))
                .hasSize(LINES / 2);
        assertThat(batch.text()).doesNotContain("of the inside");
        eventually(() -> assertThat(load.gates())
                .allSatisfy(gate -> assertThat(gate.counts().inFlight()).isZero()));
    }

    @Test
    void eachLineIsWorkedOnForItsRequest() {
        batch(Map.of("X-Request-Id", "batch-7"));

        assertThat(requests).containsExactly(Optional.of("batch-7"));
    }

    private Exchange batch(Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/x-ndjson");
        return client.send(
                "POST", "/v1/resolve-batch", "{\"code\":\"\"}\n".repeat(LINES).getBytes(StandardCharsets.UTF_8), all);
    }

    private Resolver failingEverySecondTime() {
        Regions regions = Regions.load();
        RegistrySnapshot empty = RegistrySnapshot.takenOver(MerkleTree.empty().checkpoint(), Instant.EPOCH, List.of());
        return new Resolver(
                () -> {
                    requests.add(CurrentRequest.currentId());
                    if (asked.incrementAndGet() % 2 == 0) {
                        throw new IllegalStateException("a bug, told with much of the inside");
                    }
                    return new ConfirmedSnapshot(empty, Instant.MAX);
                },
                Duration.ZERO,
                new RulesInForce(FormatVersions.bundled(regions), Policies.bundled(regions), clock.instant()),
                new Platforms(
                        (url, json, within) -> Future.failedFuture("nobody to ask"), clock, Duration.ofSeconds(1)),
                Explanations.bundled(),
                clock,
                Shadow.NONE,
                Ledger.NONE);
    }
}
