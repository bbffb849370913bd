package dev.hutong.hub;

import static dev.hutong.hub.FoundedFolder.registration;
import static dev.hutong.hub.ProposalClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.StoreConfig;
import dev.hutong.hub.config.LedgerConfig.WhenStoreIsGone;
import dev.hutong.registry.PostgresStore;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs, each with a data folder of its own, on one PostgreSQL: one registry, also while the server is away. */
class SharedRegistryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MovableClock clock = new MovableClock(Instant.now());

    @TempDir
    private Path folder;

    private EmbeddedPostgres server;
    private VirtualProvinces provinces;
    private FoundedFolder founded;
    private TestHub hubA;
    private TestHub hubB;
    private ProposalClient atA;
    private ProposalClient atB;

    @BeforeEach
    void start() throws IOException {
        server = server().start();
        Files.writeString(folder.resolve("password"), "postgres\n");
        founded = new FoundedFolder(config("a"), clock);
        Path logKey = Path.of("log-key.jwk.json");
        Files.copy(
                folder.resolve("a").resolve(logKey),
                Files.createDirectory(folder.resolve("b")).resolve(logKey));
        hubA = TestHub.start(config("a"), clock);
        hubB = TestHub.start(config("b"), clock);
        atA = new ProposalClient(hubA.verifier(), founded);
        atB = new ProposalClient(hubB.verifier(), founded);
        provinces = VirtualProvinces.startDemo(clock);
    }

    @AfterEach
    void stop() throws IOException {
        provinces.close();
        hubB.close();
        hubA.close();
        server.close();
    }

    private EmbeddedPostgres.Builder server() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false);
    }

    private HubConfig config(String data) {
        HubConfig config = TestHub.config(folder.resolve(data));
        PostgresStore database =
                new PostgresStore("jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres", "");
        return config.withRegistry(config.registry()
                        .withPoll(Duration.ofMillis(100))
                        .withStore(new StoreConfig(database, Optional.of(folder.resolve("password")))))
                .withLedger(config.ledger().withWhenStoreIsGone(WhenStoreIsGone.SPOOL));
    }

    /** Asked over and over: each asking is an exchange with a hub, and takes its time. */
    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
        }
    }

    private ScannedCode code(String issuer) {
        Instant now = clock.instant();
        return provinces
                .province(issuer)
                .sign(issuer.equals(Codes.GUANGDONG) ? Codes.green(now) : Codes.atLevel(1, now));
    }

    private static String decided(TestHub hub, ScannedCode code) {
        return hub.verifier().resolve(code).decided();
    }

    private static JsonNode registry(TestHub hub) {
        return hub.operator().get("/health/ready").json().get("registry");
    }

    private static String checkpoint(TestHub hub) {
        return hub.verifier().get("/log/checkpoint").text();
    }

    private PrivateJwk key(String issuer) {
        byte[] jwk = provinces.province(issuer).key().privateJwk().getBytes(StandardCharsets.UTF_8);
        return ((KeyAdmission.Admitted<PrivateJwk>) PrivateJwk.parse(jwk)).key();
    }

    /** Proposed at A, approved at B and then at A, each as soon as the hub that is asked knows the proposal. */
    private void register(String issuer) {
        PrivateJwk key = key(issuer);
        String id = id(atA.propose(registration(issuer, key), key));
        await("B shows it", () -> atB.show(id).status() == 200);
        assertThat(atB.approve(id, founded.anna).status()).isEqualTo(200);
        assertThat(atA.approve(id, founded.bo).json().get("stage").textValue()).isEqualTo("IN_FORCE");
    }

    @Test
    void whatIsProposedAtOneAndApprovedAtBothHoldsAtBoth() {
        register(Codes.GUANGDONG);

        ScannedCode code = code(Codes.GUANGDONG);
        assertThat(decided(hubA, code)).isEqualTo("LOW");
        await("B has followed", () -> decided(hubB, code).equals("LOW"));
        assertThat(checkpoint(hubB)).isEqualTo(checkpoint(hubA)).startsWith(FoundedFolder.ORIGIN + "\n4\n");
    }

    @Test
    void aNonceOfOneIsTakenByTheOther() {
        PrivateJwk key = key(Codes.GUANGDONG);

        Exchange taken = atB.propose(
                founded.proposal(FoundedFolder.ORIGIN, atA.nonce(), registration(Codes.GUANGDONG, key), key));

        assertThat(taken.status()).isEqualTo(201);
    }

    @Test
    void nothingIsLostOfWhatIsProposedAtBothAtOnce() throws Exception {
        List<Callable<String>> proposing = new ArrayList<>();
        for (int number = 0; number < 16; number++) {
            ProposalClient hub = number % 2 == 0 ? atA : atB;
            String issuer = "4401%02d.citycode".formatted(number);
            PrivateJwk key = FoundedFolder.key(SignatureAlgorithm.ES256);
            proposing.add(() -> id(hub.propose(registration(issuer, key), key)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<String> proposed : threads.invokeAll(proposing)) {
                String id = proposed.get();
                await(
                        "both show it",
                        () -> atA.show(id).status() == 200 && atB.show(id).status() == 200);
            }
        }
        assertThat(registry(hubA).get("size").intValue()).isEqualTo(17);
        assertThat(checkpoint(hubB)).isEqualTo(checkpoint(hubA));
    }

    @Test
    void whileTheServerIsAwayCodesAreDecidedAndNothingIsTakenUntilItIsBack() throws IOException {
        register(Codes.GUANGDONG);
        await("B has followed", () -> decided(hubB, code(Codes.GUANGDONG)).equals("LOW"));

        server.close();
        for (TestHub hub : List.of(hubA, hubB)) {
            await("readiness says so", () -> registry(hub).get("storeFault").isTextual());
            assertThat(registry(hub).get("storeFault").textValue())
                    .hasLineCount(1)
                    .contains("cannot be read", "Look whether the server runs")
                    .doesNotContain("password");
        }
        clock.advance(Duration.ofMinutes(9));
        for (TestHub hub : List.of(hubA, hubB)) {
            assertThat(decided(hub, code(Codes.GUANGDONG))).isEqualTo("LOW");
            assertThat(registry(hub).get("confirmedSecondsAgo").intValue()).isEqualTo(540);
        }
        assertUnavailable(atA.propose(registration(Codes.GUANGZHOU, key(Codes.GUANGZHOU)), key(Codes.GUANGZHOU)));

        clock.advance(Duration.ofMinutes(2));
        for (TestHub hub : List.of(hubA, hubB)) {
            assertThat(decided(hub, code(Codes.GUANGDONG))).isEqualTo("STALE_REGISTRY");
            assertThat(hub.operator().get("/health/ready").status()).isEqualTo(503);
        }

        server = server().setPort(server.getPort()).start();
        for (TestHub hub : List.of(hubA, hubB)) {
            await("it is read again", () -> registry(hub).get("storeFault").isNull());
            assertThat(hub.operator().get("/health/ready").status()).isEqualTo(200);
            assertThat(decided(hub, code(Codes.GUANGDONG))).isEqualTo("LOW");
        }
        register(Codes.GUANGZHOU);
        await("B has followed", () -> decided(hubB, code(Codes.GUANGZHOU)).equals("LOW"));
        assertThat(checkpoint(hubB)).isEqualTo(checkpoint(hubA));
    }

    private static void assertUnavailable(Exchange exchange) {
        assertThat(exchange.status()).isEqualTo(503);
        assertThat(exchange.problem()).isEqualTo("store-unavailable");
        assertThat(exchange.header("Retry-After")).isEqualTo("5");
    }
}
