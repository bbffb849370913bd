package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.ledger.BlockStore;
import dev.hutong.hub.ledger.LedgerPlace;
import dev.hutong.hub.ledger.LedgerVerification;
import dev.hutong.hub.ledger.RecordProof;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running hub keeps of its decisions, in a file of its own. */
class LedgerIT {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-15T08:00:00Z"));

    @TempDir
    private Path data;

    private VirtualProvinces provinces;
    private TestHub hub;

    @BeforeEach
    void start() {
        provinces = VirtualProvinces.startDemo(clock);
        hub = TestHub.start(data, provinces, clock);
    }

    @AfterEach
    void stop() {
        hub.close();
        provinces.close();
    }

    private void startAgain() {
        hub.close();
        hub = TestHub.start(TestHub.config(data), clock);
    }

    private ScannedCode green() {
        return provinces.province(Codes.GUANGDONG).sign(Codes.green(clock.instant()));
    }

    private ScannedCode red() {
        return provinces
                .province(Codes.GUANGDONG)
                .sign(Codes.green(clock.instant()).put("mz", "R"));
    }

    private JsonNode decide(ScannedCode code) {
        return hub.verifier().resolve(code).json();
    }

    private JsonNode recordOf(JsonNode decision) {
        return hub.verifier()
                .get("/v1/decisions/" + decision.get("id").textValue())
                .json();
    }

    private PublicJwk hubKey() {
        return TestHub.publicKey(hub.verifier()
                .get("/.well-known/jwks.json")
                .json()
                .at("/keys/0")
                .toString());
    }

    private List<LedgerVerification.Extent> verified() throws IOException {
        try (BlockStore store = LedgerStores.open(TestHub.config(data))) {
            LedgerVerification.Verdict verdict =
                    LedgerVerification.verify(store, List.of(), List.of(), SignatureProviders.choose());
            assertThat(verdict.faults()).isEmpty();
            return verdict.extents();
        }
    }

    @Test
    void aDecisionIsInTheLedgerWithWhatItWasDecidedBy() {
        JsonNode decision = decide(red());

        JsonNode record = recordOf(decision);

        for (String member : List.of("id", "risk", "reason", "destination", "policy", "checkpoint")) {
            assertThat(record.get(member)).as(member).isEqualTo(decision.get(member));
        }
        assertThat(record.get("at")).isEqualTo(decision.get("decidedAt"));
        assertThat(record.get("verifier").textValue()).isEqualTo("anonymous");
        assertThat(record.at("/codes/0/rules").textValue()).isEqualTo("yuekangma@1.0.0");
        assertThat(record.at("/codes/0/issuer").textValue()).isEqualTo(Codes.GUANGDONG);
        assertThat(record.at("/codes/0/holder").textValue()).startsWith("2026-03:");
        assertThat(record.at("/contestable/issuer").textValue()).isEqualTo(Codes.GUANGDONG);
    }

    @Test
    void whatCannotBeResolvedIsInTheLedgerToo() {
        JsonNode record = recordOf(hub.verifier()
                .resolve("{\"code\":\"nothing\",\"destination\":\"张三\"}")
                .json());

        assertThat(record.get("reason").textValue()).isEqualTo("UNKNOWN_FORMAT");
        assertThat(record.get("destination").isNull())
                .as("what is no region is not kept")
                .isTrue();
        assertThat(record.at("/codes/0/holder").isNull()).isTrue();
    }

    @Test
    void oneHolderHasOnePseudonymInAMonthAndAnotherInTheNext() {
        String first = holder("alice");
        assertThat(holder("alice")).isEqualTo(first);
        assertThat(holder("bob")).isNotEqualTo(first);

        clock.advance(Duration.ofDays(20));
        startAgain();
        assertThat(holder("alice")).startsWith("2026-04:").isNotEqualTo(first.replace("2026-03", "2026-04"));
    }

    private String holder(String sub) {
        ScannedCode code = provinces
                .province(Codes.GUANGDONG)
                .sign(Codes.green(clock.instant()).put("sub", sub));
        return recordOf(decide(code)).at("/codes/0/holder").textValue();
    }

    @Test
    void aDecisionIsProvedByTheHubsKeyAlone() {
        decide(green());
        JsonNode decision = decide(green());
        byte[] answer = hub.verifier()
                .get("/v1/decisions/" + decision.get("id").textValue() + "/proof")
                .body()
                .getBytes();

        RecordProof proof = RecordProof.read(answer).orElseThrow();

        SignatureProviders providers = SignatureProviders.choose();
        assertThat(proof.check(hubKey(), providers))
                .isInstanceOfSatisfying(
                        RecordProof.Checked.Proven.class,
                        proven -> assertThat(proven.record().get("id")).isEqualTo(decision.get("id")));
        RecordProof changed = new RecordProof(
                proof.record().replace("LOW", "HIGH"), proof.index(), proof.inclusion(), proof.header());
        assertThat(changed.check(hubKey(), providers)).isInstanceOf(RecordProof.Checked.Unproven.class);
    }

    @Test
    void theChainGoesOnAfterARestart() throws IOException {
        decide(green());
        startAgain();
        JsonNode decision = decide(green());

        assertThat(recordOf(decision).get("id")).isEqualTo(decision.get("id"));
        assertThat(verified()).singleElement().satisfies(extent -> {
            assertThat(extent.blocks()).isEqualTo(3);
            assertThat(extent.records()).isEqualTo(3);
        });
    }

    @Test
    void aClockThatJumpsBackAndForthCostsNothing() throws IOException {
        List<JsonNode> decisions = new ArrayList<>();
        for (Duration jump : List.of(Duration.ofDays(-40), Duration.ofDays(80), Duration.ofHours(-1))) {
            decisions.add(hub.verifier().resolve("{\"code\":\"before\"}").json());
            clock.advance(jump);
            decisions.add(hub.verifier().resolve("{\"code\":\"after\"}").json());
        }

        assertThat(decisions)
                .allSatisfy(decision -> assertThat(recordOf(decision).get("at")).isEqualTo(decision.get("decidedAt")));
        startAgain();
        assertThat(decisions)
                .allSatisfy(decision -> assertThat(recordOf(decision).get("at")).isEqualTo(decision.get("decidedAt")));
        assertThat(verified())
                .singleElement()
                .satisfies(extent -> assertThat(extent.records()).isEqualTo(decisions.size() + 1));
    }

    @Test
    void anAppealIsWrittenDownAndListedForTheIssuer() {
        JsonNode decision = decide(red());
        String path = "/v1/decisions/" + decision.get("id").textValue() + "/appeals";

        Exchange appeal = post(path, "{\"ground\":\"OUTDATED\"}");

        assertThat(appeal.status()).isEqualTo(201);
        assertThat(hub.verifier()
                        .get("/v1/appeals?issuer=" + Codes.GUANGDONG)
                        .json()
                        .get("appeals"))
                .singleElement()
                .satisfies(listed -> {
                    assertThat(listed.get("decision")).isEqualTo(decision.get("id"));
                    assertThat(listed.get("id")).isEqualTo(appeal.json().get("id"));
                    assertThat(listed.get("ground").textValue()).isEqualTo("OUTDATED");
                });
        assertThat(hub.verifier()
                        .get("/v1/appeals?issuer=" + Codes.HANGZHOU)
                        .json()
                        .get("appeals"))
                .isEmpty();
        assertThat(post(path, "{\"ground\":\"张三 is not ill\"}").problem()).isEqualTo("invalid-request");
        String ofGreen = decide(green()).get("id").textValue();
        assertThat(post("/v1/decisions/" + ofGreen + "/appeals", "{\"ground\":\"OUTDATED\"}")
                        .problem())
                .isEqualTo("no-appeal");
    }

    private Exchange post(String path, String body) {
        return hub.verifier()
                .send("POST", path, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
    }

    @Test
    void whatIsNoDecisionIsNotFound() {
        for (String id : List.of("01KD8M6RZ0T9V6R2J3Q4W5X7YZ", "x", "%00", "01kd8m6rz0t9v6r2j3q4w5x7yz")) {
            assertThat(hub.verifier().get("/v1/decisions/" + id).problem()).isEqualTo("not-found");
            assertThat(hub.verifier().get("/v1/decisions/" + id + "/proof").problem())
                    .isEqualTo("not-found");
        }
    }

    @Test
    void keysOfPseudonymsAreTheOwnersAloneAndAreDestroyedWhenTheirTimeIsOver() throws IOException {
        JsonNode decision = decide(green());
        Path key = LedgerPlace.keys(data).resolve("2026-03.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        byte[] secret = Files.readAllBytes(key);

        clock.advance(Duration.between(clock.instant(), Instant.parse("2026-10-01T00:00:00Z")));
        startAgain();
        // The retention is looked at before the first decision is written behind its record.
        awaitForgotten();

        assertThat(key).doesNotExist();
        try (var files = Files.walk(data)) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .contains(new String(secret, StandardCharsets.ISO_8859_1).strip()));
        }
        assertThat(recordOf(decision).at("/codes/0/holder").textValue()).startsWith("2026-03:");
        assertThat(verified()).hasSize(1);
    }

    private void awaitForgotten() throws IOException {
        Path recorded = LedgerPlace.keys(data).resolve("2026-03.recorded");
        Instant end = Instant.now().plusSeconds(20);
        while (Files.notExists(recorded)) {
            decide(green());
            assertThat(Instant.now()).isBefore(end);
        }
        try (BlockStore store = LedgerStores.open(TestHub.config(data))) {
            assertThat(store.ofKind("forgotten", List.of("2026-03"), 10)).hasSize(1);
        }
    }

    @Test
    void readinessAndMetricsTellHowTheLedgerStands() {
        decide(green());

        JsonNode ledger = hub.operator().get("/health/ready").json().get("ledger");
        assertThat(ledger.get("state").textValue()).isEqualTo("STORING");
        assertThat(ledger.get("blocks").intValue()).isEqualTo(2);
        assertThat(Optional.ofNullable(ledger.get("fault").textValue())).isEmpty();
        assertThat(hub.operator().get("/metrics").text())
                .contains("hutong_ledger_records_total 1.0", "hutong_ledger_state{state=\"storing\"} 1.0");
    }
}
