package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.RulesConfig;
import dev.hutong.hub.rules.PackageContent;
import dev.hutong.hub.rules.RulesPackage;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.Examples;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RulesVersion;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.PublishRules;
import dev.hutong.registry.proposal.RulesOffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules are proposed, approved by two, and take over in a hub that goes on answering. */
class RulesIT {
    private static final String ISSUER = Codes.GUANGDONG;
    private static final Duration EMERGENCY = Duration.ofDays(2);

    /** Far beyond what any of these hubs needs. */
    private static final int MANY = 20_000;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-05T08:00:00Z"));
    private final PrivateJwk issuerKey = FoundedFolder.key(SignatureAlgorithm.ES256);
    private FoundedFolder founded;
    private Path packages;
    private TestHub hub;
    private ProposalClient proposals;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        packages = Files.createDirectory(folder.resolve("packages"));
        founded = new FoundedFolder(folder.resolve("data"), clock);
        HubConfig config = TestHub.config(founded.path);
        hub = TestHub.start(
                config.withRegistry(config.registry().withPoll(Duration.ofMillis(100)))
                        .withRules(new RulesConfig(Optional.of(packages), true)),
                clock);
        proposals = new ProposalClient(hub.verifier(), founded);
        enact(FoundedFolder.registration(ISSUER, issuerKey), issuerKey);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private void enact(Action action, PrivateJwk... signers) {
        String id = ProposalClient.id(proposals.propose(action, signers));
        proposals.approve(id, founded.anna);
        assertThat(proposals.approve(id, founded.bo).json().get("stage").textValue())
                .isEqualTo("IN_FORCE");
    }

    /** The package that travels with the hub, in another version whose yellow is red. */
    private PackageContent tightened(String version, Instant from, Optional<Instant> to) {
        PackageContent bundled = PackageContent.bundled().stream()
                .filter(content -> document(content).contains("format: yuekangma"))
                .findFirst()
                .orElseThrow();
        String head = "version: " + version + "\nvalidFrom: \"" + from + "\""
                + to.map(end -> "\nvalidTo: \"" + end + "\"").orElse("");
        String document = document(bundled)
                .replace("version: 1.0.0", head)
                .replace("state: Y\n      risk: MEDIUM", "state: Y\n      risk: HIGH");
        var files = new TreeMap<>(bundled.pathToFile());
        String examples = text(bundled, Examples.FILE)
                .replace("yuekangma@1.0.0#", "yuekangma@" + version + "#")
                .replace("risk: MEDIUM", "risk: HIGH");
        files.put(FormatVersions.DOCUMENT, document.getBytes(StandardCharsets.UTF_8));
        files.put(Examples.FILE, examples.getBytes(StandardCharsets.UTF_8));
        return new PackageContent(files);
    }

    private static String document(PackageContent content) {
        return text(content, FormatVersions.DOCUMENT);
    }

    private static String text(PackageContent content, String file) {
        return new String(content.pathToFile().get(file), StandardCharsets.UTF_8);
    }

    private PackageContent emergency(String version) {
        return tightened(version, clock.instant(), Optional.of(clock.instant().plus(EMERGENCY)));
    }

    private static PublishRules publication(PackageContent content, boolean emergency) {
        RulesPackage rules = RulesPackage.of(content, Regions.load());
        return new PublishRules(
                new IssuerId(ISSUER),
                new RulesOffer(
                        new RulesVersion(rules.format().version()),
                        content.digest(),
                        rules.format().inForce().from(),
                        rules.format().inForce().to(),
                        emergency));
    }

    private void put(String name, PackageContent content) throws IOException {
        Path folder = Files.createDirectories(packages.resolve(name));
        for (var file : content.pathToFile().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private JsonNode resolve(String state) {
        ObjectNode claims = Codes.green(clock.instant()).put("mz", state);
        String jws = new CompactJwsSigner(issuerKey, FoundedFolder.PROVIDERS).sign("ykm+jwt", claims);
        return hub.verifier().resolve("{\"code\":\"YKM2:" + jws + "\"}").json();
    }

    private JsonNode rules() {
        return hub.operator().get("/health/ready").json().get("rules");
    }

    private void await(BooleanSupplier reached) {
        for (int i = 0; i < MANY; i++) {
            if (reached.getAsBoolean()) {
                return;
            }
        }
        throw new AssertionError("never reached; " + rules());
    }

    private void awaitFault(String kind) {
        await(() -> rules().get("faults").findValuesAsText("kind").contains(kind));
    }

    @Test
    void aNewVersionTakesOverWhileTheHubAnswersAndNoRequestIsLost() throws IOException {
        PackageContent next = emergency("1.1.0");
        enact(publication(next, true), founded.chen);
        put("next", next);

        Set<String> seen = new TreeSet<>();
        int after = 0;
        for (int i = 0; i < MANY && after < 50; i++) {
            JsonNode decision = resolve("Y");
            String answer = decision.at("/statements/0/rule").textValue() + " "
                    + decision.get("risk").textValue();
            assertThat(answer).isIn("yuekangma@1.0.0#yellow MEDIUM", "yuekangma@1.1.0#yellow HIGH");
            seen.add(answer);
            after += answer.startsWith("yuekangma@1.1.0") ? 1 : 0;
        }

        assertThat(after).isEqualTo(50);
        assertThat(seen).contains("yuekangma@1.1.0#yellow HIGH");
        await(() -> rules().get("faults").isEmpty());
        assertThat(hub.verifier()
                        .get("/v1/issuers")
                        .json()
                        .at("/issuers/0/rules/0/digest")
                        .textValue())
                .isEqualTo(next.digest().value());
    }

    @Test
    void theEmergencyEndsAndThePresentVersionGoesOn() throws IOException {
        PackageContent next = emergency("1.1.0");
        enact(publication(next, true), founded.chen);
        put("next", next);
        await(() -> resolve("Y").get("risk").textValue().equals("HIGH"));

        clock.advance(EMERGENCY);
        await(() -> resolve("Y").get("risk").textValue().equals("MEDIUM"));
    }

    @Test
    void whatIsMissingOrOfAnotherDigestIsToldAndThePresentVersionGoesOn() throws IOException {
        PackageContent next = emergency("1.1.0");
        enact(publication(next, true), founded.chen);
        awaitFault("MISSING");
        assertThat(resolve("Y").get("risk").textValue()).isEqualTo("MEDIUM");

        put("next", tightened("1.1.0", clock.instant(), Optional.empty()));
        awaitFault("OTHER_DIGEST");
        assertThat(resolve("Y").at("/statements/0/rule").textValue()).isEqualTo("yuekangma@1.0.0#yellow");
        assertThat(hub.operator().get("/metrics").text()).contains("hutong_rules_faults{kind=\"other_digest\"} 1.0");
        assertThat(hub.operator().get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void aPackageThatCannotBeUsedLeavesWhatRuns() throws IOException {
        Path broken = Files.createDirectory(packages.resolve("broken"));
        Files.writeString(broken.resolve("format.yaml"), "format: yuekangma\nversion: 1.1.0\n");
        awaitFault("UNUSABLE");
        assertThat(resolve("Y").get("risk").textValue()).isEqualTo("MEDIUM");
    }

    @Test
    void aPackageThatIsNotAdmittedLeavesWhatRunsAndTheReasonIsTold() throws IOException {
        PackageContent next = tightened("1.1.0", clock.instant(), Optional.empty());
        put("next", next);
        Path examples = packages.resolve("next").resolve(Examples.FILE);
        Files.writeString(examples, Files.readString(examples).replace("risk: HIGH", "risk: MEDIUM"));
        awaitFault("UNUSABLE");
        assertThat(rules().get("faults").toString()).contains("not admitted", "examples.yaml, line ");
        assertThat(resolve("Y").get("risk").textValue()).isEqualTo("MEDIUM");
    }

    @Test
    void packagesThatWouldClashLeaveWhatRuns() throws IOException {
        PackageContent same = PackageContent.bundled().stream()
                .filter(content -> document(content).contains("format: yuekangma"))
                .findFirst()
                .orElseThrow();
        Path folder = Files.createDirectory(packages.resolve("clash"));
        Files.writeString(
                folder.resolve("format.yaml"), document(same).replace("format: yuekangma", "format: another"));
        Files.writeString(
                folder.resolve("examples.yaml"), text(same, Examples.FILE).replace("yuekangma@", "another@"));
        awaitFault("CLASH");
        assertThat(resolve("Y").get("risk").textValue()).isEqualTo("MEDIUM");

        Files.delete(folder.resolve("format.yaml"));
        await(() -> rules().get("faults").isEmpty());
    }

    @Test
    void theNextVersionIsEvaluatedBesideThePresentOneAndCounted() throws IOException {
        PackageContent next = tightened("1.1.0", clock.instant().plus(Duration.ofDays(3)), Optional.empty());
        put("next", next);
        enact(publication(next, false), founded.chen);
        await(() -> {
            assertThat(resolve("Y").get("risk").textValue()).isEqualTo("MEDIUM");
            return metrics().contains("hutong_rules_shadow_total{format=\"yuekangma\",outcome=\"differs\"}");
        });

        resolve("R");
        await(() -> metrics().contains("hutong_rules_shadow_total{format=\"yuekangma\",outcome=\"same\"} 1.0"));
    }

    private String metrics() {
        return hub.operator().get("/metrics").text();
    }

    @Test
    void aDowngradeIsRefusedWithWhatToDo() {
        PackageContent next = emergency("1.1.0");
        enact(publication(next, true), founded.chen);
        Exchange refused = proposals.propose(publication(emergency("1.0.9"), true), founded.chen);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("ground").textValue()).isEqualTo("RULES_NOT_NEWER");
    }

    @Test
    void whoAsksWhatWasKnownThenIsToldWhichRulesWere() {
        Instant before = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        enact(publication(emergency("1.1.0"), true), founded.chen);

        assertThat(hub.verifier().get("/v1/issuers?at=" + before).json().at("/issuers/0/rules"))
                .isEmpty();
        assertThat(hub.verifier()
                        .get("/v1/issuers?at=" + clock.instant())
                        .json()
                        .at("/issuers/0/rules"))
                .hasSize(1);
    }
}
