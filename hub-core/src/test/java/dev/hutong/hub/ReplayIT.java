package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.replay.Difference;
import dev.hutong.hub.replay.RecordedDecision;
import dev.hutong.hub.replay.Replay;
import dev.hutong.hub.replay.ReplaySource;
import dev.hutong.hub.replay.Replayed;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyFile;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Decisions of a hub that is gone, made again from what they name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayIT {
    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InstantSource clock = InstantSource.system();
    private final Regions regions = Regions.load();
    private ScannedCode yellow;
    private ScannedCode orange;
    private String yellowDecided;
    private String orangeDecided;
    private String nothingDecided;
    private String halfDecided;
    private ReplaySource source;
    private ReplaySource later;
    private PrivateJwk hubKey;

    @BeforeAll
    void decide(@TempDir Path data) {
        try (VirtualProvinces provinces = VirtualProvinces.startDemo(clock);
                TestHub hub = TestHub.start(data, provinces, clock)) {
            Instant now = clock.instant();
            yellow = provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(2, now));
            orange = provinces
                    .province(Codes.HANGZHOU)
                    .virtualPlatform()
                    .issue(Codes.record("orange", now.minusSeconds(600)))
                    .scanned();
            yellowDecided = decided(hub, yellow);
            orangeDecided = decided(hub, orange);
            nothingDecided = decided(hub, ScannedCode.ofText("no code"));
            halfDecided = decided(hub, ScannedCode.ofText("YKM2:half"));
        }
        source = source(registry(data));
        TestHub.append(
                data, clock, List.of(new IssuerSuspended(clock.instant(), new IssuerId(Codes.GUANGZHOU), "a test")));
        later = source(registry(data));
        hubKey = switch (KeyFile.loadOrMake(data.resolve("hub-key.jwk.json"), SignatureAlgorithm.ES256)) {
            case KeyFile.Reading.Key(PrivateJwk key) -> key;
            case KeyFile.Reading.NoKey(String why) -> throw new AssertionError(why);
        };
    }

    @Test
    void aDecisionIsJudgedAgainFromItsStatements() {
        assertThat(new Replay(source).ofStatements(read(yellowDecided))).isInstanceOf(Replayed.Same.class);
        assertThat(new Replay(source).ofStatements(read(orangeDecided))).isInstanceOf(Replayed.Same.class);
    }

    @Test
    void aSignedCodeGoesItsWholeWayAgain() {
        assertThat(new Replay(source).ofCode(read(yellowDecided), yellow.text()))
                .isInstanceOf(Replayed.Same.class);
    }

    @Test
    void whatWasUnknownIsUnknownForTheSameReason() {
        assertThat(new Replay(source).ofCode(read(nothingDecided), "no code")).isInstanceOf(Replayed.Same.class);
        assertThat(new Replay(source).ofCode(read(halfDecided), "YKM2:half")).isInstanceOf(Replayed.Same.class);
    }

    @Test
    void withoutStatementsAndWithoutTheCodeThereIsNothingToReplay() {
        assertThat(new Replay(source).ofStatements(read(nothingDecided)))
                .isInstanceOfSatisfying(
                        Replayed.Impossible.class,
                        impossible -> assertThat(impossible.why()).contains("UNKNOWN_FORMAT"));
    }

    @Test
    void aPlatformIsNotAskedAgain() {
        assertThat(new Replay(source).ofCode(read(orangeDecided), orange.text()))
                .isInstanceOfSatisfying(
                        Replayed.Impossible.class,
                        impossible -> assertThat(impossible.why()).contains("as of now"));
    }

    @Test
    void anotherCodeComesToAnotherDecision() {
        assertThat(differences(new Replay(source).ofCode(read(yellowDecided), "YKM2:half")))
                .extracting(Difference::where)
                .contains("risk", "reason", "validUntil");
    }

    @Test
    void anotherRegistryIsToldAndWhatComesOfIt() {
        List<Difference> differences = differences(new Replay(later).ofCode(read(yellowDecided), yellow.text()));

        assertThat(differences).extracting(Difference::where).contains("checkpoint", "risk", "reason");
        assertThat(differences).extracting(Difference::replayed).contains("ISSUER_SUSPENDED");
    }

    @Test
    void aHubThatSignedABetterRiskIsFoundOut() {
        String forged = signedAgain(decision -> decision.put("risk", "LOW").put("riskCode", "00"));

        assertThat(differences(new Replay(source).ofStatements(read(forged))))
                .containsExactly(new Difference("risk", "LOW", "MEDIUM"));
    }

    @Test
    void aHubThatSignedAnotherStatementIsFoundOutWithTheCode() {
        String forged = signedAgain(decision -> {
            decision.put("risk", "LOW");
            ((ObjectNode) decision.at("/statements/0"))
                    .put("risk", "LOW")
                    .put("assertedRisk", "LOW")
                    .put("native", "1")
                    .put("rule", "suikangma@1.0.0#green");
        });

        assertThat(new Replay(source).ofStatements(read(forged))).isInstanceOf(Replayed.Same.class);
        assertThat(differences(new Replay(source).ofCode(read(forged), yellow.text())))
                .extracting(Difference::where)
                .contains("statements[0].rule", "statements[0].native", "statements[0].risk", "risk");
    }

    @Test
    void rulesAndPoliciesThatAreNotThereAreNamed() {
        String rules = signedAgain(
                decision -> ((ObjectNode) decision.at("/statements/0")).put("rule", "suikangma@0.9.0#yellow"));
        String policy = signedAgain(decision -> decision.put("policy", "default@0.9.0"));

        assertThat(new Replay(source).ofStatements(read(rules)))
                .isEqualTo(new Replayed.Impossible("it was decided by the rules suikangma@0.9.0, which are not there"));
        assertThat(new Replay(source).ofStatements(read(policy)))
                .isInstanceOfSatisfying(
                        Replayed.Impossible.class,
                        impossible -> assertThat(impossible.why()).contains("default@0.9.0"));
    }

    @Test
    void theCodeIsHeldAgainstTheDigestInTheTrace() {
        String withDigest = signedAgain(decision -> {
            decision.put("id", "01KE6Q3N8D6X2VQ0M3T5J7R9WB");
            ((ObjectNode) decision.at("/trace/0")).put("inputs", "x".repeat(43));
        });

        assertThat(differences(new Replay(source).ofCode(read(withDigest), yellow.text())))
                .extracting(Difference::where)
                .containsExactly("the code's digest");
    }

    @Test
    void whatTheHubDidNotSignIsNoDecision() {
        String[] parts = yellowDecided.split("\\.");
        String low =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("MEDIUM", "LOW");
        String changed = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(low.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];

        assertThat(RecordedDecision.read(changed, hubKey.publicJwk(), PROVIDERS))
                .isEqualTo(new RecordedDecision.Reading.Refused("its signature is not the hub's: it was changed"));
        for (String none : List.of("", "a.b", "a.b.c", parts[0] + "." + parts[1], "{}")) {
            assertThat(RecordedDecision.read(none, hubKey.publicJwk(), PROVIDERS))
                    .isInstanceOf(RecordedDecision.Reading.Refused.class);
        }
    }

    private static String decided(TestHub hub, ScannedCode code) {
        return hub.verifier()
                .resolve(
                        HubClient.request(code).toString().getBytes(StandardCharsets.UTF_8),
                        Map.of("Accept", "application/jwt"))
                .text();
    }

    private RecordedDecision read(String token) {
        return switch (RecordedDecision.read(token, hubKey.publicJwk(), PROVIDERS)) {
            case RecordedDecision.Reading.Signed(RecordedDecision decision) -> decision;
            case RecordedDecision.Reading.Refused(String why) -> throw new AssertionError(why);
        };
    }

    /** The yellow's decision, changed and signed by the hub's own key. */
    private String signedAgain(Consumer<ObjectNode> change) {
        try {
            JsonNode payload =
                    JSON.readTree(Base64.getUrlDecoder().decode(yellowDecided.split("\\.")[1]));
            ObjectNode decision = (ObjectNode) payload;
            change.accept(decision);
            return new CompactJwsSigner(hubKey, PROVIDERS).sign("hutong-decision+jwt", decision);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Difference> differences(Replayed replayed) {
        return switch (replayed) {
            case Replayed.Differs(List<Difference> differences) -> differences;
            case Replayed.Same same -> List.of();
            case Replayed.Impossible(String why) -> throw new AssertionError(why);
        };
    }

    private ReplaySource source(RegistrySnapshot registry) {
        return new ReplaySource(registry, FormatVersions.bundled(regions), Policies.bundled(regions));
    }

    private RegistrySnapshot registry(Path data) {
        if (!(RegistryFolder.tryOpen(data) instanceof RegistryFolder.Opened(RegistryFolder folder))) {
            throw new IllegalStateException(data + " cannot be opened");
        }
        try (folder;
                Registry registry = Registry.open(folder.log(), PROVIDERS, clock)) {
            return registry.snapshot();
        }
    }
}
