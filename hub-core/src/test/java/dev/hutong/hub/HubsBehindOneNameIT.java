package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.clients.Role;
import dev.hutong.hub.cluster.Line;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.hub.config.ClusterConfig;
import dev.hutong.hub.config.ClusterConfig.Node;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.StoreConfig;
import dev.hutong.hub.ledger.BlockStore;
import dev.hutong.hub.ledger.LedgerVerification;
import dev.hutong.hub.load.Quota;
import dev.hutong.hub.load.QuotaPlan;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.PostgresStore;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.jose.SignatureProviders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs that authenticate their clients stand behind one name, as docs/cluster.md says to run them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubsBehindOneNameIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "https://hub.example";
    private static final OAuthClient GATE = OAuthClient.of("gate-7", ClientRole.VERIFIER);
    private static final OAuthClient CROWD = OAuthClient.of("crowd", ClientRole.VERIFIER);

    private final InstantSource clock = InstantSource.system();
    private final String cluster = "hutong-" + UUID.randomUUID();
    private Path folder;
    private EmbeddedPostgres server;
    private VirtualProvinces provinces;
    private TestHub hubA;
    private TestHub hubB;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        server = EmbeddedPostgres.builder().start();
        provinces = VirtualProvinces.startDemo(clock);
        int portA = Line.freePort();
        int portB = Line.freePort();
        List<RegistryEvent> events = new ArrayList<>(TestHub.registrationOf(provinces, clock.instant()));
        events.add(GATE.registered(clock.instant()));
        events.add(CROWD.registered(clock.instant()));
        TestHub.append(config("a", portA, portB), clock, events);
        hubA = TestHub.start(config("a", portA, portB), clock);
        Files.createDirectory(folder.resolve("b"));
        for (String shared : List.of("log-key.jwk.json", "token-key.jwk.json")) {
            Files.copy(folder.resolve("a").resolve(shared), folder.resolve("b").resolve(shared));
        }
        hubB = TestHub.start(config("b", portB, portA), clock);
        await("they see each other", () -> members(hubA) == 2 && members(hubB) == 2);
    }

    @AfterAll
    void stop() throws IOException {
        hubB.close();
        hubA.close();
        provinces.close();
        server.close();
    }

    private HubConfig config(String data, int here, int other) {
        HubConfig config = TestHub.config(folder.resolve(data));
        PostgresStore database =
                new PostgresStore("jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres", "");
        Quota often = new Quota(1_000_000, Duration.ofHours(1), 1_000_000);
        Quota crowds = new Quota(3_600, Duration.ofHours(1), 3_000);
        return config.withPublicUrl(URI.create(NAME))
                .withClients(ClientsConfig.REQUIRED)
                .withRegistry(config.registry().withStore(new StoreConfig(database, Optional.empty())))
                .withLoad(config.load().withQuotas(new QuotaPlan(often, Map.of(Role.VERIFIER, crowds), often, often)))
                .withCluster(new ClusterConfig(
                        Optional.of(cluster),
                        new Node("127.0.0.1", here),
                        Optional.empty(),
                        List.of(new Node("127.0.0.1", other))));
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
        }
    }

    private static int members(TestHub hub) {
        return hub.operator()
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("hutong_cluster_members "))
                .mapToInt(line -> (int) Double.parseDouble(line.split(" ")[1]))
                .sum();
    }

    private String assertion(OAuthClient client) {
        return client.sign(client.claims(hubA, clock).audience(NAME).build());
    }

    private Map<String, String> headers(OAuthClient client, TestHub hub) {
        Exchange answer = OAuthClient.ask(hub, OAuthClient.request(assertion(client)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return OAuthClient.bearer(answer.json().get("access_token").textValue());
    }

    private ObjectNode green() {
        return HubClient.request(provinces.province(Codes.GUANGDONG).sign(Codes.green(clock.instant())));
    }

    private Exchange resolve(TestHub hub, Map<String, String> headers) {
        return hub.verifier().resolve(green().toString().getBytes(StandardCharsets.UTF_8), headers);
    }

    private static JsonNode keys(TestHub hub) {
        return hub.verifier().get("/.well-known/jwks.json").json().get("keys");
    }

    @Test
    void aTokenOfEitherIsGoodAtBothAndSoAreTheDecisions() {
        for (TestHub giving : List.of(hubA, hubB)) {
            Map<String, String> headers = headers(GATE, giving);
            for (TestHub asked : List.of(hubA, hubB)) {
                Exchange answer = resolve(asked, headers);
                assertThat(answer.decided()).as(answer.text()).isEqualTo("LOW");
                String id = answer.json().get("id").textValue();
                for (TestHub hub : List.of(hubA, hubB)) {
                    assertThat(hub.verifier()
                                    .send("GET", "/v1/decisions/" + id, new byte[0], headers)
                                    .json()
                                    .get("id")
                                    .textValue())
                            .isEqualTo(id);
                }
            }
        }
    }

    @Test
    void anAssertionThatWasUsedAtOneIsRefusedAtTheOther() {
        for (List<TestHub> order : List.of(List.of(hubA, hubB), List.of(hubB, hubA))) {
            String assertion = assertion(GATE);
            assertThat(OAuthClient.ask(order.getFirst(), OAuthClient.request(assertion))
                            .status())
                    .isEqualTo(200);

            Exchange again = OAuthClient.ask(order.getLast(), OAuthClient.request(assertion));

            assertThat(again.status()).isEqualTo(401);
            assertThat(again.json().get("error").textValue()).isEqualTo("invalid_client");
        }
    }

    /** 3,000 at once: what A has granted B does not grant again, but for the quarter of a second until it is told. */
    @Test
    void aQuotaIsGrantedOnceAndNotOnceAtEach() {
        Map<String, String> headers = new HashMap<>(headers(CROWD, hubA));
        for (int batch = 0; batch < 29; batch++) {
            assertThat(batchOf100(headers).text()).doesNotContain("quota-exceeded");
        }

        int granted = 0;
        Exchange answer = resolve(hubB, headers);
        for (; answer.status() == 200; answer = resolve(hubB, headers)) {
            granted++;
        }

        assertThat(answer.problem()).isEqualTo("quota-exceeded");
        assertThat(granted).isLessThan(1_500);
    }

    private Exchange batchOf100(Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/x-ndjson");
        byte[] lines = "{\"code\":\"no code\"}\n".repeat(100).getBytes(StandardCharsets.UTF_8);
        return hubA.verifier().send("POST", "/v1/resolve-batch", lines, all);
    }

    @Test
    void theySignTokensByOneKeyAndDecisionsAndBlocksEachByItsOwn() throws IOException {
        assertThat(keys(hubA)).hasSize(2);
        assertThat(keys(hubA).get(1)).isEqualTo(keys(hubB).get(1));
        assertThat(keys(hubA).get(0)).isNotEqualTo(keys(hubB).get(0));
        resolve(hubA, headers(GATE, hubA));
        resolve(hubB, headers(GATE, hubA));

        try (BlockStore store = LedgerStores.open(config("a", 0, 0))) {
            LedgerVerification.Verdict verdict =
                    LedgerVerification.verify(store, List.of(), List.of(), SignatureProviders.choose());
            assertThat(verdict.faults()).isEmpty();
            assertThat(verdict.extents())
                    .extracting(LedgerVerification.Extent::node)
                    .containsExactlyInAnyOrder(kid(hubA), kid(hubB));
        }
    }

    private static String kid(TestHub hub) {
        return keys(hub).get(0).get("kid").textValue();
    }
}
