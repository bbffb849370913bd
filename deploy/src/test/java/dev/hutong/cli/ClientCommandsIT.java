package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.hub.config.ClientsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A client from the command line: registered on a development hub, it gets a token and asks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientCommandsIT {
    private Path folder;
    private WatchedHub hub;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        for (String name : List.of("gate", "auditor", "stranger")) {
            InProcess.run("keys", "generate", "--alg", "ES256", "--out", key(name));
        }
        assertThat(add("gate-7", "gate", "verifier").exitCode()).isZero();
        InProcess auditor = add("audited", "auditor", "verifier,auditor");
        assertThat(auditor.out()).startsWith("Registered client audited; it authenticates by key ");
        hub = WatchedHub.start(
                folder.resolve("data"), InstantSource.system(), config -> config.withClients(ClientsConfig.REQUIRED));
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private String key(String name) {
        return folder.resolve(name + ".json").toString();
    }

    private InProcess add(String id, String key, String roles) {
        return InProcess.run(
                "client",
                "add",
                "--id",
                id,
                "--role",
                roles,
                "--jwk",
                key(key) + ".pub.json",
                "--data",
                folder.resolve("data").toString());
    }

    private InProcess atHub(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--hub", hub.url().toString()));
        return InProcess.run(all.toArray(String[]::new));
    }

    private static void assertRefused(InProcess run, int exitCode, String... words) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.err()).contains("hutong: ").contains(words).doesNotContain("\tat ");
    }

    @Test
    void whoDoesNotSayWhoItIsIsToldWhatToDo() {
        assertRefused(atHub("resolve", "--text", "x"), 1, "401", "POST /oauth2/token");
    }

    @Test
    void aClientResolves() {
        InProcess gate =
                atHub("resolve", "--text", "x", "--explain", "--client", "gate-7", "--client-key", key("gate"));
        assertThat(gate.exitCode()).as(gate.err()).isZero();
        assertThat(gate.out()).contains("UNKNOWN_FORMAT", "shows the trace to clients with the role auditor");
        InProcess auditor =
                atHub("resolve", "--text", "x", "--explain", "--client", "audited", "--client-key", key("auditor"));
        assertThat(auditor.out()).contains("recognise");
    }

    @Test
    void aTokenCanBeKeptInAFile() throws Exception {
        InProcess token = atHub("token", "--client", "gate-7", "--key", key("gate"));
        assertThat(token.exitCode()).as(token.err()).isZero();
        assertThat(token.out().strip()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}");
        Path file = Files.writeString(folder.resolve("token"), token.out());
        assertThat(atHub("resolve", "--text", "x", "--token-file", file.toString())
                        .exitCode())
                .isZero();
        assertThat(atHub(
                                "bundle",
                                "fetch",
                                "--to",
                                folder.resolve("bundle").toString(),
                                "--token-file",
                                file.toString())
                        .out())
                .contains("format packages");
    }

    @Test
    void theWholeAnswerIsJson() throws Exception {
        InProcess run = atHub("token", "--client", "audited", "--key", key("auditor"), "--scope", "auditor", "--json");
        assertThat(new ObjectMapper().readTree(run.out()).get("scope").textValue())
                .isEqualTo("auditor");
    }

    @Test
    void whoIsNotRegisteredGetsNone() {
        assertRefused(atHub("token", "--client", "gate-7", "--key", key("stranger")), 1, "invalid_client");
        assertRefused(
                atHub("token", "--client", "gate-7", "--key", key("gate"), "--scope", "operator"), 1, "invalid_scope");
    }

    @Test
    void wrongUsageIsToldSo() {
        assertRefused(atHub("resolve", "--text", "x", "--client", "gate-7"), 2, "belong together");
        assertRefused(atHub("token", "--client", "Gate 7", "--key", key("gate")), 2, "--client");
        assertRefused(add("other", "gate", "king"), 2, "--role");
    }

    @Test
    void theStatusShowsWhoMayAsk() {
        assertThat(atHub("registry", "status").out())
                .contains("Clients:", "  audited  audited  verifier, auditor", "  gate-7  gate-7  verifier");
    }
}
