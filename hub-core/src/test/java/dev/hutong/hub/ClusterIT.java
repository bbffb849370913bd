package dev.hutong.hub;

import static dev.hutong.hub.FoundedFolder.registration;
import static dev.hutong.hub.ProposalClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.cluster.Line;
import dev.hutong.hub.config.ClusterConfig;
import dev.hutong.hub.config.ClusterConfig.Node;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.RegistryConfig;
import dev.hutong.hub.config.HubConfig.StoreConfig;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.PostgresStore;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.RevokeKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs on one PostgreSQL that tell each other: neither looks at the log by itself for an hour, so what it knows it was told of. */
class ClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NEVER = Duration.ofHours(1);

    private final InstantSource clock = InstantSource.system();
    private final String name = "hutong-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    private EmbeddedPostgres server;
    private VirtualProvinces provinces;
    private FoundedFolder founded;
    private int portA;
    private int portB;
    private Line lineToA;
    private Line lineToB;
    private TestHub hubA;
    private TestHub hubB;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
        portA = Line.freePort();
        portB = Line.freePort();
        lineToA = Line.to(portA);
        lineToB = Line.to(portB);
        founded = new FoundedFolder(configOfA(), clock);
        Path logKey = Path.of("log-key.jwk.json");
        Files.copy(
                folder.resolve("a").resolve(logKey),
                Files.createDirectory(folder.resolve("b")).resolve(logKey));
        hubA = TestHub.start(configOfA(), clock);
        hubB = TestHub.start(configOfB(), clock);
        provinces = VirtualProvinces.startDemo(clock);
        awaitMembers(2);
    }

    @AfterEach
    void stop() throws IOException {
        provinces.close();
        hubB.close();
        hubA.close();
        lineToB.close();
        lineToA.close();
        server.close();
    }

    private HubConfig configOfA() {
        return config("a", portA, lineToA, lineToB);
    }

    private HubConfig configOfB() {
        return config("b", portB, lineToB, lineToA);
    }

    private HubConfig config(String data, int port, Line here, Line other) {
        HubConfig config = TestHub.config(folder.resolve(data));
        PostgresStore database =
                new PostgresStore("jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres", "");
        RegistryConfig registry = config.registry();
        return config.withRegistry(new RegistryConfig(
                        NEVER,
                        NEVER.multipliedBy(2),
                        registry.snapshot(),
                        Optional.of(new StoreConfig(database, Optional.empty())),
                        registry.witnesses(),
                        registry.quorum()))
                .withCluster(new ClusterConfig(
                        Optional.of(name),
                        new Node("127.0.0.1", port),
                        Optional.of(new Node("127.0.0.1", here.port())),
                        List.of(new Node("127.0.0.1", other.port()))));
    }

    /** Asked over and over: each asking is an exchange with a hub, and takes its time. */
    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
        }
    }

    private void awaitMembers(int count) {
        await(count + " members", () -> members(hubA) == count && members(hubB) == count);
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

    private ProposalClient at(TestHub hub) {
        return new ProposalClient(hub.verifier(), founded);
    }

    private ScannedCode code() {
        return provinces.province(Codes.GUANGDONG).sign(Codes.green(clock.instant()));
    }

    private static String decided(TestHub hub, ScannedCode code) {
        return hub.verifier().resolve(code).decided();
    }

    private static String checkpoint(TestHub hub) {
        return hub.verifier().get("/log/checkpoint").text();
    }

    private PrivateJwk key() {
        byte[] jwk = provinces.province(Codes.GUANGDONG).key().privateJwk().getBytes(StandardCharsets.UTF_8);
        return ((KeyAdmission.Admitted<PrivateJwk>) PrivateJwk.parse(jwk)).key();
    }

    private void register(TestHub hub) {
        approve(hub, id(at(hub).propose(registration(Codes.GUANGDONG, key()), key())));
    }

    private void revoke(TestHub hub) {
        RevokeKey revocation = new RevokeKey(
                new IssuerId(Codes.GUANGDONG),
                KeyId.of(key().publicJwk()),
                RevocationReason.COMPROMISED,
                clock.instant(),
                false);
        approve(hub, id(at(hub).propose(revocation, key())));
    }

    private void approve(TestHub hub, String id) {
        assertThat(at(hub).approve(id, founded.anna).status()).isEqualTo(200);
        assertThat(at(hub).approve(id, founded.bo).json().get("stage").textValue())
                .isEqualTo("IN_FORCE");
    }

    @Test
    void aKeyThatIsRevokedAtOneIsRefusedAtTheOtherAtOnceAndNoCodeCrossesTheWire() {
        register(hubA);
        ScannedCode code = code();
        await("B was told of the key", () -> decided(hubB, code).equals("LOW"));
        assertThat(decided(hubA, code)).isEqualTo("LOW");

        revoke(hubA);
        await("B was told of its end", () -> decided(hubB, code).equals("KEY_REVOKED"));
        assertThat(decided(hubA, code)).isEqualTo("KEY_REVOKED");
        assertThat(checkpoint(hubB)).isEqualTo(checkpoint(hubA));

        String carried = new String(lineToA.carried(), StandardCharsets.ISO_8859_1)
                + new String(lineToB.carried(), StandardCharsets.ISO_8859_1);
        assertThat(carried)
                .contains(name)
                .doesNotContain(code.text(), code.text().substring(10, 60), Codes.GUANGDONG, "Anna");
    }

    @Test
    void nothingIsLostOfWhatIsProposedAtBothAtOnce() throws Exception {
        List<Callable<String>> proposing = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            ProposalClient hub = at(number % 2 == 0 ? hubA : hubB);
            String issuer = "4401%02d.citycode".formatted(number);
            PrivateJwk key = FoundedFolder.key(SignatureAlgorithm.ES256);
            proposing.add(() -> id(hub.propose(registration(issuer, key), key)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<String> proposed : threads.invokeAll(proposing)) {
                String id = proposed.get();
                await(
                        "both show it",
                        () -> at(hubA).show(id).status() == 200
                                && at(hubB).show(id).status() == 200);
            }
        }
        assertThat(checkpoint(hubB)).isEqualTo(checkpoint(hubA)).contains("\n13\n");
    }

    @Test
    void hubsThatAreCutApartGoOnAndLearnWhatTheyMissedOnceTheyAreTogether() {
        register(hubA);
        ScannedCode code = code();
        await("B was told of the key", () -> decided(hubB, code).equals("LOW"));

        lineToA.cut();
        lineToB.cut();
        awaitMembers(1);
        revoke(hubA);
        assertThat(decided(hubA, code)).isEqualTo("KEY_REVOKED");
        assertThat(decided(hubB, code)).as("it looks within registry.poll").isEqualTo("LOW");

        lineToA.mend();
        lineToB.mend();
        await("B has looked", () -> decided(hubB, code).equals("KEY_REVOKED"));
        awaitMembers(2);
        assertThat(checkpoint(hubB)).isEqualTo(checkpoint(hubA));
    }

    @Test
    void aHubThatLeavesIsNotMissedAndKnowsAllWhenItIsBack() {
        register(hubA);
        hubB.close();
        await("B is gone", () -> members(hubA) == 1);
        ScannedCode code = code();
        assertThat(decided(hubA, code)).isEqualTo("LOW");
        revoke(hubA);

        hubB = TestHub.start(configOfB(), clock);
        assertThat(decided(hubB, code)).isEqualTo("KEY_REVOKED");
        awaitMembers(2);
    }
}
