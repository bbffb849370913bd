package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.StoreConfig;
import dev.hutong.hub.config.LedgerConfig.WhenStoreIsGone;
import dev.hutong.hub.ledger.BlockStore;
import dev.hutong.hub.ledger.LedgerPlace;
import dev.hutong.hub.ledger.LedgerVerification;
import dev.hutong.hub.ledger.LedgerVerification.Verdict;
import dev.hutong.registry.PostgresStore;
import dev.hutong.registry.jose.SignatureProviders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of decisions while the ledger's store is gone or takes nothing, with a real PostgreSQL and a real file. */
class LedgerFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ASKED = "{\"code\":\"nothing that a format claims\"}";

    @TempDir
    private Path folder;

    private EmbeddedPostgres server;

    @BeforeEach
    void start() throws IOException {
        server = server().start();
        Files.writeString(folder.resolve("password"), "postgres\n");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private EmbeddedPostgres.Builder server() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false);
    }

    private void serveAgain() throws IOException {
        server = server().setPort(server.getPort()).start();
    }

    private HubConfig config(String data, WhenStoreIsGone choice) {
        HubConfig config = TestHub.config(folder.resolve(data));
        PostgresStore database =
                new PostgresStore("jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres", "");
        return config.withRegistry(
                        config.registry().withStore(new StoreConfig(database, Optional.of(folder.resolve("password")))))
                .withLedger(config.ledger().withWhenStoreIsGone(choice));
    }

    private static TestHub hub(HubConfig config) {
        return TestHub.start(config, InstantSource.system());
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
        }
    }

    private static JsonNode standing(TestHub hub) {
        return hub.operator().get("/health/ready").json().get("ledger");
    }

    private static String state(TestHub hub) {
        return standing(hub).get("state").textValue();
    }

    private static String decide(TestHub hub) {
        Exchange answer = hub.verifier().resolve(ASKED);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().get("id").textValue();
    }

    private static void assertRefused(Exchange answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("ledger-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
    }

    private static Verdict verify(HubConfig config) throws IOException {
        try (BlockStore store = LedgerStores.open(config)) {
            return LedgerVerification.verify(
                    store, LedgerPlace.waiting(config.data()), List.of(), SignatureProviders.choose());
        }
    }

    private static void assertSound(HubConfig config, int atLeast) throws IOException {
        Verdict verdict = verify(config);
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.extents().stream()
                        .mapToLong(LedgerVerification.Extent::records)
                        .sum())
                .isGreaterThanOrEqualTo(atLeast);
    }

    private static void assertHolds(TestHub hub, List<String> ids) {
        assertThat(ids)
                .isNotEmpty()
                .allSatisfy(id -> assertThat(
                                hub.verifier().get("/v1/decisions/" + id).status())
                        .isEqualTo(200));
    }

    @Test
    void whileTheServerIsGoneNoDecisionLeavesWhereThatIsChosen() throws IOException {
        HubConfig config = config("a", WhenStoreIsGone.REFUSE);
        try (TestHub hub = hub(config)) {
            List<String> told = new ArrayList<>(List.of(decide(hub)));

            server.close();
            assertRefused(hub.verifier().resolve(ASKED));
            assertRefused(hub.verifier().resolve(ASKED));
            assertRefused(hub.verifier().get("/v1/decisions/" + told.getFirst()));
            Exchange ready = hub.operator().get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().at("/ledger/state").textValue()).isEqualTo("REFUSING");
            assertThat(ready.json().at("/ledger/fault").textValue())
                    .hasLineCount(1)
                    .contains("Look whether the server runs");

            serveAgain();
            await("it takes decisions again", () -> state(hub).equals("STORING"));
            told.add(decide(hub));
            assertHolds(hub, told);
        }
        assertSound(config, 4);
    }

    @Test
    void whileTheServerIsGoneDecisionsGoToTheJournalWhereThatIsChosenAndAreTakenUp() throws Exception {
        HubConfig config = config("a", WhenStoreIsGone.SPOOL);
        try (TestHub hub = hub(config)) {
            List<String> told = new ArrayList<>();
            told.add(decide(hub));
            AtomicBoolean enough = new AtomicBoolean();
            try (ExecutorService gate = Executors.newSingleThreadExecutor()) {
                Future<List<String>> meanwhile = gate.submit(() -> {
                    List<String> ids = new ArrayList<>();
                    while (!enough.get()) {
                        ids.add(decide(hub));
                    }
                    return ids;
                });
                try {
                    server.close();
                    await("it spools", () -> state(hub).equals("SPOOLING"));
                    assertThat(hub.operator().get("/health/ready").status()).isEqualTo(200);
                    told.add(decide(hub));
                    assertThat(standing(hub).get("spooled").intValue()).isPositive();

                    serveAgain();
                    await("the store has all", () -> state(hub).equals("STORING"));
                } finally {
                    enough.set(true);
                }
                told.addAll(meanwhile.get());
            }
            assertThat(standing(hub).get("spooled").intValue()).isZero();
            assertHolds(hub, told);
            assertSound(config, told.size() + 1);
        }
    }

    @Test
    void whatIsInTheJournalWhenTheHubEndsIsTakenUpByTheNext() throws IOException {
        HubConfig config = config("a", WhenStoreIsGone.SPOOL);
        List<String> told = new ArrayList<>();
        try (TestHub hub = hub(config)) {
            server.close();
            for (int i = 0; i < 20; i++) {
                told.add(decide(hub));
            }
        }
        serveAgain();
        assertThat(LedgerPlace.waiting(config.data())).isNotEmpty();
        assertSound(config, told.size() + 1);

        try (TestHub hub = hub(config("a", WhenStoreIsGone.REFUSE))) {
            assertHolds(hub, told);
        }
        assertThat(LedgerPlace.waiting(config.data())).isEmpty();
        assertSound(config, told.size() + 1);
    }

    @Test
    void twoHubsHaveAChainEachAndReadOneAnothers() throws IOException {
        HubConfig a = config("a", WhenStoreIsGone.REFUSE);
        HubConfig b = config("b", WhenStoreIsGone.REFUSE);
        try (TestHub hubA = hub(a)) {
            Files.createDirectories(b.data());
            Files.copy(a.data().resolve("log-key.jwk.json"), b.data().resolve("log-key.jwk.json"));
            try (TestHub hubB = hub(b)) {
                List<String> told = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    told.add(decide(hubA));
                    told.add(decide(hubB));
                }
                assertHolds(hubA, told);
                assertHolds(hubB, told);
            }
        }
        assertThat(verify(a).extents()).hasSize(2);
        assertSound(a, 22);
    }

    @Test
    void aHubWhoseKeyAnotherHubHasSaysSoAndStaysRefusing() throws IOException {
        HubConfig a = config("a", WhenStoreIsGone.REFUSE);
        HubConfig b = config("b", WhenStoreIsGone.REFUSE);
        try (TestHub hubA = hub(a)) {
            List<String> told = new ArrayList<>(List.of(decide(hubA)));
            Files.createDirectories(b.data());
            for (String key : List.of("log-key.jwk.json", "hub-key.jwk.json")) {
                Files.copy(a.data().resolve(key), b.data().resolve(key));
            }
            try (TestHub hubB = hub(b)) {
                told.add(decide(hubB));
                for (int i = 0; i < 5; i++) {
                    assertRefused(hubA.verifier().resolve(ASKED));
                    told.add(decide(hubB));
                }
                assertThat(state(hubA)).isEqualTo("REFUSING");
                assertThat(standing(hubA).get("fault").textValue())
                        .hasLineCount(1)
                        .contains("Another hub writes the chain", "hub-key.jwk.json", "start it again");
                assertHolds(hubB, told);
            }
        }
        assertThat(verify(a).extents()).hasSize(1);
        assertSound(a, 8);
    }

    @Test
    void aStoreThatMayOnlyBeReadIsToldAndUsedAgainOnceItMayBeWritten() throws Exception {
        HubConfig config = config("a", WhenStoreIsGone.REFUSE);
        try (TestHub hub = hub(config)) {
            decide(hub);
            readOnly(true);
            assertRefused(hub.verifier().resolve(ASKED));
            await("it says why", () -> standing(hub).get("fault").textValue().contains("read-only"));

            readOnly(false);
            await("it takes decisions again", () -> state(hub).equals("STORING"));
            decide(hub);
        }
        assertSound(config, 4);
    }

    private void readOnly(boolean only) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER DATABASE postgres SET default_transaction_read_only = " + (only ? "on" : "off"));
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    + " AND application_name = 'hutong ledger'");
        }
    }

    @Test
    void aFileThatIsMovedAwayTakesNothingUntilItIsBack() throws IOException {
        HubConfig config = TestHub.config(folder.resolve("file"));
        Path database = LedgerPlace.database(config.data());
        Path away = folder.resolve("away.db");
        try (TestHub hub = hub(config)) {
            String first = decide(hub);
            Files.move(database, away);
            assertRefused(hub.verifier().resolve(ASKED));
            assertThat(standing(hub).get("fault").textValue()).contains("not there any more");
            assertThat(database).doesNotExist();

            Files.move(away, database);
            await("it takes decisions again", () -> state(hub).equals("STORING"));
            assertHolds(hub, List.of(first, decide(hub)));
        }
        assertSound(config, 4);
    }
}
