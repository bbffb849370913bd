package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hutong log verify} against a hub in a process of its own. */
class LogVerifyIT {
    private static final String BUNDLE = "/log/tile/entries/000.p/4";
    private static final String TILE = "/log/tile/0/000.p/4";

    @TempDir
    private Path folder;

    private FoundedFolder registry;

    @BeforeEach
    void found() {
        registry = new FoundedFolder(data());
        registry.register("330100.hangzhou");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path since() {
        return folder.resolve("seen.checkpoint");
    }

    private HutongProcess serve(Path data) throws IOException {
        return HutongProcess.start(folder, "serve", "--port", "0", "--management-port", "0", "--data", data.toString());
    }

    private static InProcess verify(String hub, String... more) {
        List<String> arguments = new ArrayList<>(List.of("log", "verify", "--hub", hub));
        arguments.addAll(List.of(more));
        return InProcess.run(arguments.toArray(String[]::new));
    }

    private static void assertFound(InProcess run, String... words) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains(words).doesNotContain("Verified");
    }

    @Test
    void anHonestLogIsVerifiedAndItsGrowthToo() throws Exception {
        try (HutongProcess hub = serve(data())) {
            InProcess first = verify(hub.awaitReady().group(1), "--since", since().toString());

            assertThat(first.exitCode()).isZero();
            assertThat(first.out())
                    .contains(
                            "Verified: 4 entries of " + FoundedFolder.ORIGIN,
                            "the key that its own genesis names",
                            "Operator Anna",
                            "issuer 330100.hangzhou («issuer 330100.hangzhou») is registered",
                            "approved by Anna (entry 2) and Bo (entry 3)");
            hub.terminate();
            assertThat(hub.awaitExit()).isZero();
        }
        registry.register("440100.suikangma");
        try (HutongProcess hub = serve(data())) {
            String url = hub.awaitReady().group(1);
            InProcess second = verify(url, "--since", since().toString());

            assertThat(second.exitCode()).isZero();
            assertThat(second.out()).contains("Verified: 7 entries", "The 4 entries seen before are unchanged");
            assertThat(since()).content().contains("\n7\n");
        }
    }

    @Test
    void everyForgeryIsFoundAndNothingIsKeptOfIt() throws Exception {
        try (HutongProcess hub = serve(data());
                ForgingProxy proxy = new ForgingProxy(hub.awaitReady().group(1))) {
            assertThat(verify(proxy.url(), "--since", since().toString()).exitCode())
                    .isZero();
            String seen = Files.readString(since());

            byte[] leaf = proxy.octets(BUNDLE);
            leaf[leaf.length - 20] ^= 1;
            proxy.pathToForgery.put(BUNDLE, leaf);
            assertFound(verify(proxy.url(), "--since", since().toString()), "entry 3: ", "root is not that");
            proxy.pathToForgery.clear();

            byte[] tile = proxy.octets(TILE);
            tile[0] ^= 1;
            proxy.pathToForgery.put(TILE, tile);
            assertFound(verify(proxy.url()), "entry 0: ");
            proxy.pathToForgery.clear();

            String checkpoint = new String(proxy.octets("/log/checkpoint"), StandardCharsets.UTF_8);
            proxy.pathToForgery.put(
                    "/log/checkpoint",
                    checkpoint.substring(0, checkpoint.indexOf("\n\n") + 1).getBytes(StandardCharsets.UTF_8));
            assertFound(verify(proxy.url()), "no signed checkpoint");
            proxy.pathToForgery.put(
                    "/log/checkpoint", checkpoint.replace("\n4\n", "\n3\n").getBytes(StandardCharsets.UTF_8));
            assertFound(
                    verify(proxy.url(), "--since", since().toString()),
                    "rolled back: it had 4 entries",
                    "no good signature",
                    "root is not that");
            assertThat(since()).hasContent(seen.strip());
        }
    }

    @Test
    void anotherKeyIsFoundAndAFork() throws Exception {
        Path fork = folder.resolve("fork");
        Files.createDirectories(fork);
        Files.copy(data().resolve("log-key.jwk.json"), fork.resolve("log-key.jwk.json"));
        new FoundedFolder(fork).register("330100.hangzhou");
        String vkey;
        try (HutongProcess hub = serve(data())) {
            String url = hub.awaitReady().group(1);
            InProcess run = verify(url, "--since", since().toString());
            vkey = run.out()
                    .lines()
                    .filter(line -> line.startsWith("Signed by "))
                    .findFirst()
                    .orElseThrow();
            vkey = vkey.substring("Signed by ".length(), vkey.indexOf(','));
            assertThat(verify(url, "--vkey", vkey).exitCode()).isZero();
        }
        try (HutongProcess hub = serve(fork)) {
            assertFound(
                    verify(hub.awaitReady().group(1), "--vkey", vkey, "--since", since().toString()),
                    "the log was forked: its first 4 entries");
        }
        FoundedFolder other = new FoundedFolder(folder.resolve("other"));
        other.register("330100.hangzhou");
        try (HutongProcess hub = serve(folder.resolve("other"))) {
            assertFound(verify(hub.awaitReady().group(1), "--vkey", vkey), "no good signature", "another key");
        }
    }

    @Test
    void developmentEntriesAreAFindingUnlessAllowed() throws Exception {
        Path jwk = Files.writeString(
                folder.resolve("k.pub.json"),
                SigningKey.generate(Algorithm.ES256).publicJwk());
        String data = folder.resolve("development").toString();
        assertThat(InProcess.run(
                                "issuer",
                                "add",
                                "--id",
                                "330100.hangzhou",
                                "--name",
                                "x",
                                "--jwk",
                                jwk.toString(),
                                "--data",
                                data)
                        .exitCode())
                .isZero();
        try (HutongProcess hub = serve(Path.of(data))) {
            var urls = hub.awaitReady();
            String vkey = LogWitnessIT.ready(urls.group(2)).at("/log/vkey").textValue();

            assertFound(verify(urls.group(1), "--vkey", vkey), "2 entries are of a development registry");
            assertFound(verify(urls.group(1), "--allow-development"), "no key was given");
            assertThat(verify(urls.group(1), "--vkey", vkey, "--allow-development")
                            .out())
                    .contains("Verified: 2 entries of hutong", "nobody signed them");
        }
    }

    @Test
    void whoCannotBeReachedIsNotCalledAForger() {
        assertThat(verify("http://127.0.0.1:1").exitCode()).isEqualTo(5);
        assertThat(verify("no url").exitCode()).isEqualTo(2);
        assertThat(verify("http://127.0.0.1:1", "--vkey", "x").exitCode()).isEqualTo(2);
    }

    /** The keys are those of published examples; nobody is asked. */
    @Test
    void witnessesThatMakeNoQuorumAreToldInOneLine() {
        String log = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        String witness = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

        assertRefused("it is no vkey", "--witness", "x");
        assertRefused("a log's key, not a witness's", "--witness", log);
        assertRefused("must not count twice", "--witness", witness, "--witness", witness);
        assertRefused("2 of 1 witnesses is no quorum", "--witness", witness, "--quorum", "2");
        assertRefused("1 of 0 witnesses is no quorum", "--quorum", "1");
        assertRefused("at least 1", "--witness", witness, "--quorum", "0");
    }

    private static void assertRefused(String why, String... arguments) {
        InProcess run = verify("http://127.0.0.1:1", arguments);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("hutong: ").contains(why).hasLineCount(1);
    }

    @Test
    void aHubWhoseLogWasRewrittenWhileItWasDownDoesNotStart() throws Exception {
        try (HutongProcess hub = serve(data())) {
            hub.awaitReady();
            hub.terminate();
            assertThat(hub.awaitExit()).isZero();
        }
        assertThat(data().resolve("verified.checkpoint")).content().contains("\n4\n");
        rewrite("UPDATE registry_log SET leaf = replace(leaf, '\"at\":\"20', '\"at\":\"19') WHERE log_index = 0");

        InProcess run = InProcess.run("serve", "--data", data().toString(), "--port", "0", "--management-port", "0");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("the log was rewritten", "backup");
    }

    @Test
    void aHubWithoutItsNoteChecksEverythingAndWithAStrangersDoesNotStart() throws Exception {
        try (HutongProcess hub = serve(data())) {
            hub.awaitReady();
            hub.kill();
        }
        Path note = data().resolve("verified.checkpoint");
        Files.writeString(note, "damaged");
        try (HutongProcess hub = serve(data())) {
            hub.awaitReady();
            assertThat(hub.err()).contains("Every signature in the registry log is checked, since");
            hub.terminate();
            assertThat(hub.awaitExit()).isZero();
        }
        Path other = folder.resolve("other");
        new FoundedFolder(other);
        try (HutongProcess hub = serve(other)) {
            hub.awaitReady();
            hub.terminate();
            assertThat(hub.awaitExit()).isZero();
        }
        Files.write(note, Files.readAllBytes(other.resolve("verified.checkpoint")));
        InProcess run = InProcess.run("serve", "--data", data().toString(), "--port", "0", "--management-port", "0");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("signed by another key", "delete the file");
    }

    private void rewrite(String update) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("registry.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER registry_log_never_updated");
            assertThat(statement.executeUpdate(update)).isEqualTo(1);
        }
    }
}
