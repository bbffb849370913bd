package dev.hutong.hub;

import static dev.hutong.hub.Eventually.eventually;
import static dev.hutong.hub.FoundedFolder.registration;
import static dev.hutong.hub.ProposalClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.ledger.LedgerPlace;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.KeyOffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub with nothing configured, one of whose two stores goes: what each is needed for, and what the other goes on with. */
class StoresGoneIT {
    private static final String NEXT = "330100.citycode";

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private VirtualProvinces provinces;
    private FoundedFolder founded;
    private TestHub hub;
    private ProposalClient registry;

    @BeforeEach
    void start() {
        provinces = VirtualProvinces.startDemo(clock);
        founded = new FoundedFolder(data(), clock);
        hub = TestHub.start(TestHub.config(data()), clock);
        registry = new ProposalClient(hub.verifier(), founded);
        PrivateJwk guangdongs = keyOf(Codes.GUANGDONG);
        takeUp(registration(Codes.GUANGDONG, guangdongs), guangdongs);
    }

    @AfterEach
    void stop() {
        hub.close();
        provinces.close();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private PrivateJwk keyOf(String issuer) {
        byte[] jwk = provinces.province(issuer).key().privateJwk().getBytes(StandardCharsets.UTF_8);
        return ((KeyAdmission.Admitted<PrivateJwk>) PrivateJwk.parse(jwk)).key();
    }

    private void takeUp(RegisterIssuer action, PrivateJwk key) {
        String id = id(registry.propose(action, key));
        assertThat(registry.approve(id, founded.anna).status()).isEqualTo(200);
        assertThat(registry.approve(id, founded.bo).status()).isEqualTo(200);
    }

    private Exchange propose() {
        PrivateJwk key = FoundedFolder.key(SignatureAlgorithm.ES256);
        return registry.propose(registration(NEXT, key), key);
    }

    private Exchange resolve() {
        ScannedCode code = provinces.province(Codes.GUANGDONG).sign(Codes.green(clock.instant()));
        return hub.verifier().resolve(code);
    }

    private JsonNode check(String name) {
        for (JsonNode check : hub.operator().get("/health/ready").json().get("checks")) {
            if (check.get("check").textValue().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("There is no check " + name);
    }

    private int ready() {
        return hub.operator().get("/health/ready").status();
    }

    private Path takeAway(Path file) throws IOException {
        return Files.move(file, folder.resolve("away.db"));
    }

    @Test
    void whileTheRegistryIsGoneCodesAreResolvedByTheSnapshotAndNothingIsTakenUp() throws IOException {
        Path away = takeAway(data().resolve("registry.db"));
        eventually(() -> assertThat(check("store").get("fault").textValue()).contains("not there any more"));
        assertThat(ready()).isEqualTo(200);
        assertThat(resolve().decided()).isEqualTo("LOW");
        Exchange refused = propose();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("store-unavailable");
        assertThat(refused.json().get("detail").textValue()).contains("Nothing was changed");

        Files.move(away, data().resolve("registry.db"));
        eventually(() -> assertThat(check("store").get("status").textValue()).isEqualTo("UP"));
        assertThat(propose().status()).isEqualTo(201);
    }

    @Test
    void whileTheLedgerIsGoneNothingIsAnsweredAndTheRegistryGoesOn() throws IOException {
        Path away = takeAway(LedgerPlace.database(data()));
        Exchange refused = resolve();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("ledger-unavailable");
        assertThat(ready()).isEqualTo(503);
        assertThat(check("ledger").get("fault").textValue()).contains("not there any more");
        assertThat(check("store").get("status").textValue()).isEqualTo("UP");
        assertThat(propose().status()).isEqualTo(201);

        Files.move(away, LedgerPlace.database(data()));
        eventually(() -> assertThat(ready()).isEqualTo(200));
        assertThat(resolve().decided()).isEqualTo("LOW");
    }

    @Test
    void whileTheRegistryIsGoneWhatGrowsOldInItIsFoundAllTheSame() throws IOException {
        PrivateJwk key = FoundedFolder.key(SignatureAlgorithm.ES256);
        Instant end = clock.instant().plus(Duration.ofDays(31));
        KeyOffer offer = new KeyOffer(key.publicJwk(), Optional.empty(), Optional.of(end), Optional.of(end));
        takeUp(
                new RegisterIssuer(new IssuerId(NEXT), "city", Optional.empty(), Optional.empty(), Optional.of(offer)),
                key);
        eventually(() -> assertThat(findings()).contains("WEAK").doesNotContain("EXPIRING"));

        takeAway(data().resolve("registry.db"));
        eventually(() -> assertThat(check("store").get("status").textValue()).isEqualTo("DOWN"));
        clock.advance(Duration.ofDays(1));

        eventually(() -> assertThat(findings()).contains("EXPIRING"));
        assertThat(check("store").get("status").textValue()).isEqualTo("DOWN");
    }

    private String findings() {
        return hub.verifier()
                .get("/v1/registry/lint")
                .json()
                .get("findings")
                .findValuesAsText("kind")
                .toString();
    }
}
