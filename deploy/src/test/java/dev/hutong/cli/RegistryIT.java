package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.province.VirtualProvinces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry from its founding to a revoked key, by nothing but commands, each in a process of its own. */
class RegistryIT {
    private static final String ISSUER = "440000.yuekangma";
    private static final Pattern PROPOSED = Pattern.compile("Proposed (\\S{43}).*");
    private static final List<String> KEYS = List.of("anna", "bo", "chen", "first", "second");

    @TempDir
    private Path folder;

    private String hub = "";

    private record Run(int exitCode, String out, String err) {}

    private Run run(String... arguments) throws IOException, InterruptedException {
        try (HutongProcess process = HutongProcess.start(folder, arguments)) {
            int exitCode = process.awaitExit();
            return new Run(exitCode, process.out(), process.err());
        }
    }

    private Run registry(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("registry"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--hub", hub));
        return run(all.toArray(String[]::new));
    }

    private String propose(String... arguments) throws IOException, InterruptedException {
        Run run = registry(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Matcher proposed = PROPOSED.matcher(run.out().lines().findFirst().orElseThrow());
        assertThat(proposed.matches()).as(run.out()).isTrue();
        return proposed.group(1);
    }

    private String approve(String id, String operator) throws IOException, InterruptedException {
        Run run = registry("approve", id, "--key", operator + ".json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("Proposal " + id, "reason  ", "Approved with key ");
        return run.out();
    }

    /** What the hub decides about a green code that this key signs now: its reason, or its risk. */
    private String resolve(VirtualProvinces provinces, String key) throws IOException {
        // The next whole second, so that a code is never older than the key that became active in this one.
        Instant now = Instant.now().plusSeconds(1);
        var claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", ISSUER)
                .put("jti", UUID.randomUUID().toString())
                .put("sub", UUID.randomUUID().toString())
                .put("iat", now.getEpochSecond())
                .put("exp", now.getEpochSecond() + 300)
                .put("asof", now.getEpochSecond() - 1)
                .put("ver", 2)
                .put("mz", "G");
        SigningKey signer = SigningKey.fromPrivateJwk(Files.readString(folder.resolve(key + ".json")));
        String code = provinces.province(ISSUER).sign(claims, signer).text();
        InProcess run = InProcess.run("resolve", "--json", "--text", code, "--hub", hub);
        assertThat(run.exitCode()).as(run.err()).isZero();
        var decision = new ObjectMapper().readTree(run.out());
        return decision.get("reason").asText(decision.get("risk").asText());
    }

    @Test
    void aRegistryIsFoundedFilledRotatedAndAKeyRevokedByCommands() throws Exception {
        for (String key : KEYS) {
            assertThat(run("keys", "generate", "--alg", key.equals("chen") ? "SM2" : "ES256", "--out", key + ".json")
                            .exitCode())
                    .isZero();
        }
        Run genesis = run(
                "registry",
                "genesis",
                "--data",
                "data",
                "--origin",
                "registry.example/hutong",
                "--operator",
                "Anna=anna.json",
                "--operator",
                "Bo=bo.json",
                "--operator",
                "Chen=chen.json",
                "--visible-for",
                "PT0S");
        assertThat(genesis.exitCode()).as(genesis.err()).isZero();
        assertThat(genesis.out())
                .contains(
                        "Founded registry.example/hutong", "Log key   registry.example/hutong+", "Anna", "Bo", "Chen");

        try (VirtualProvinces provinces = VirtualProvinces.startDemo(InstantSource.system());
                HutongProcess serving = HutongProcess.start(
                        folder, "serve", "--data", "data", "--port", "0", "--management-port", "0")) {
            hub = serving.awaitReady().group(1);

            String registration = propose(
                    "propose",
                    "register-issuer",
                    "--id",
                    ISSUER,
                    "--name",
                    "粤康码",
                    "--new-key",
                    "first.json",
                    "--reason",
                    "joins");
            assertThat(resolve(provinces, "first")).isEqualTo("UNKNOWN_ISSUER");
            assertThat(registry("approve", registration).out()).contains("粤康码", "waits for 2 approvals");
            assertThat(approve(registration, "anna")).contains("waits for 1 approval ");
            assertThat(resolve(provinces, "first")).isEqualTo("UNKNOWN_ISSUER");
            assertThat(approve(registration, "bo")).contains("It is in force.");
            assertThat(resolve(provinces, "first")).isEqualTo("LOW");

            String rotation = propose(
                    "propose",
                    "add-key",
                    "--issuer",
                    ISSUER,
                    "--new-key",
                    "second.json",
                    "--key",
                    "first.json",
                    "--reason",
                    "rotation");
            approve(rotation, "chen");
            assertThat(approve(rotation, "anna")).contains("It is in force.");
            assertThat(resolve(provinces, "first")).isEqualTo("LOW");
            assertThat(resolve(provinces, "second")).isEqualTo("LOW");
            assertThat(registry("status").exitCode()).isZero();

            String kid = SigningKey.fromPrivateJwk(Files.readString(folder.resolve("first.json")))
                    .kid();
            String revocation = propose(
                    "revoke",
                    "--issuer",
                    ISSUER,
                    "--kid",
                    kid,
                    "--cause",
                    "compromised",
                    "--break-glass",
                    "--key",
                    "anna.json",
                    "--reason",
                    "stolen");
            assertThat(resolve(provinces, "first")).isEqualTo("KEY_REVOKED");
            assertThat(resolve(provinces, "second")).isEqualTo("LOW");
            Run alarmed = registry("status");
            assertThat(alarmed.exitCode()).isEqualTo(3);
            assertThat(alarmed.out()).contains("ALARM  Key " + kid, revocation, "UNCONFIRMED", "REVOKED", "ACTIVE");
            assertThat(registry("status", revocation).exitCode()).isEqualTo(3);
            approve(revocation, "bo");
            Run calm = registry("status");
            assertThat(calm.exitCode()).isZero();
            assertThat(calm.out()).doesNotContain("ALARM").contains("No proposal waits.");
            serving.terminate();
            assertThat(serving.awaitExit()).isZero();
        }
        assertThat(registry("status").exitCode()).isEqualTo(5);
        Run added = run("issuer", "add", "--id", "440100.suikangma", "--name", "x", "--jwk", "chen.json.pub.json");
        assertThat(added.exitCode()).isEqualTo(1);
        assertThat(added.err())
                .contains("hutong: ", "under dual control", "registry propose")
                .hasLineCount(1);
    }
}
