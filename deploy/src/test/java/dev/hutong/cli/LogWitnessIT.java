package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hutong log witness} and a hub that asks for its countersignature, each a process of its own. */
class LogWitnessIT {
    private static final Pattern READY =
            Pattern.compile("The witness is ready: logs ask (\\S+), and its cosignatures verify with (\\S+)\\. .*");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private FoundedFolder registry;
    private String log;

    @BeforeEach
    void found() throws Exception {
        registry = new FoundedFolder(data());
        registry.register("330100.hangzhou");
        try (HutongProcess hub = serve(data(), "", 0)) {
            log = ready(hub.awaitReady().group(2)).at("/log/vkey").textValue();
            hub.kill();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Under the key and with the records of the last witness of this name, if there was one. */
    private HutongProcess witness(String name, int port) throws IOException {
        Path key = folder.resolve(name + ".jwk.json");
        if (Files.notExists(key)) {
            assertThat(InProcess.run("keys", "generate", "--alg", "EdDSA", "--out", key.toString())
                            .exitCode())
                    .isZero();
        }
        return HutongProcess.start(
                folder,
                "log",
                "witness",
                "--key",
                key.toString(),
                "--name",
                name,
                "--log",
                log,
                "--data",
                folder.resolve(name).toString(),
                "--port",
                Integer.toString(port));
    }

    private HutongProcess serve(Path data, String witnesses, int quorum) throws IOException {
        Path config = Files.createTempFile(folder, "hub", ".yaml");
        Files.writeString(
                config,
                "data: " + data + "\nwarmUp: 0\nregistry:\n  poll: 100ms\n  quorum: " + quorum + "\n  witnesses: ["
                        + witnesses + "]\n");
        return HutongProcess.start(
                folder, "serve", "--config", config.toString(), "--port", "0", "--management-port", "0");
    }

    private static String entry(String vkey, String url) {
        return "{ vkey: \"" + vkey + "\", url: \"" + url + "\" }";
    }

    private static String entry(Matcher ready) {
        return entry(ready.group(2), ready.group(1));
    }

    static JsonNode ready(String management) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(management + "/health/ready"));
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url)).build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body();
        }
    }

    private static JsonNode await(String management, Predicate<JsonNode> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode ready = ready(management);
        while (!condition.test(ready.get("log"))) {
            assertThat(System.nanoTime()).as("in time: %s", ready).isLessThan(end);
            Thread.onSpinWait();
            ready = ready(management);
        }
        return ready.get("log");
    }

    @Test
    void aHubWithThreeWitnessesOfWhichOneIsDeadReachesAQuorumOfTwo() throws Exception {
        try (HutongProcess first = witness("w1", 0);
                HutongProcess second = witness("w2", 0);
                HutongProcess third = witness("w3", 0)) {
            Matcher one = first.awaitLine(READY);
            Matcher two = second.awaitLine(READY);
            Matcher dead = third.awaitLine(READY);
            third.kill();
            try (HutongProcess hub = serve(data(), entry(one) + ", " + entry(two) + ", " + entry(dead), 2)) {
                Matcher urls = hub.awaitReady();
                JsonNode log = await(
                        urls.group(2),
                        shown -> shown.get("quorumReached").booleanValue()
                                && shown.at("/witnesses/2/fault").isTextual());

                assertThat(log.get("cosigned").intValue()).isEqualTo(2);
                assertThat(log.at("/witnesses/0/cosignedSize").intValue()).isEqualTo(4);
                assertThat(log.at("/witnesses/2/cosignedSize").isNull()).isTrue();
                assertThat(get(urls.group(1) + "/log/checkpoint"))
                        .contains("\n\u2014 w1 ", "\n\u2014 w2 ")
                        .doesNotContain("\n\u2014 w3 ");
                assertThat(InProcess.run("log", "verify", "--hub", urls.group(1))
                                .exitCode())
                        .as("who knows no witness verifies it none the less")
                        .isZero();
                assertWitnessed(urls.group(1), one.group(2), two.group(2), dead.group(2));
                second.kill();
                hub.terminate();
                assertThat(hub.awaitExit()).isZero();
            }
            first.terminate();
            assertThat(first.awaitExit()).isZero();
        }
        registry.register("440100.suikangma");
        try (HutongProcess hub = serve(data(), entry("w9+5b2ee0e4+x", "http://127.0.0.1:1"), 1)) {
            assertThat(hub.awaitExit()).isEqualTo(1);
            assertThat(hub.err()).contains("registry.witnesses[0].vkey", "registry.quorum");
        }
    }

    /** Two of these have cosigned the checkpoint, and the last has not. */
    private static void assertWitnessed(String hub, String one, String two, String dead) {
        InProcess both = verify(hub, "--witness", one, "--witness", two);
        assertThat(both.exitCode()).as(both.out()).isZero();
        assertThat(both.out()).contains("Cosigned by " + one + " at 20", "Cosigned by " + two + " at 20");

        InProcess all = verify(hub, "--witness", one, "--witness", two, "--witness", dead);
        assertThat(all.exitCode()).isEqualTo(1);
        assertThat(all.out())
                .contains("of the witnesses 2 have cosigned the checkpoint, and 3 must")
                .doesNotContain("Verified");

        InProcess quorum = verify(hub, "--witness", one, "--witness", dead, "--witness", two, "--quorum", "2");
        assertThat(quorum.exitCode()).as(quorum.out()).isZero();
        assertThat(quorum.out()).doesNotContain(dead);
    }

    private static InProcess verify(String hub, String... more) {
        List<String> arguments = new ArrayList<>(List.of("log", "verify", "--hub", hub));
        arguments.addAll(List.of(more));
        return InProcess.run(arguments.toArray(String[]::new));
    }

    @Test
    void aWitnessThatIsKilledRemembersAndRefusesAFork() throws Exception {
        Path fork = folder.resolve("fork");
        Files.createDirectories(fork);
        Files.copy(data().resolve("log-key.jwk.json"), fork.resolve("log-key.jwk.json"));
        new FoundedFolder(fork).register("330100.hangzhou");
        int port;
        try (HutongProcess witness = witness("w1", 0)) {
            Matcher ready = witness.awaitLine(READY);
            port = URI.create(ready.group(1)).getPort();
            try (HutongProcess hub = serve(data(), entry(ready), 1)) {
                await(hub.awaitReady().group(2), log -> log.get("quorumReached").booleanValue());
                witness.kill();
                hub.kill();
            }
        }
        registry.register("440100.suikangma");
        try (HutongProcess witness = witness("w1", port)) {
            Matcher ready = witness.awaitLine(READY);
            try (HutongProcess hub = serve(fork, entry(ready), 1)) {
                JsonNode log = await(
                        hub.awaitReady().group(2),
                        shown -> shown.at("/witnesses/0/fault").isTextual());
                assertThat(log.at("/witnesses/0/fault").textValue()).contains("another history");
                assertThat(log.get("quorumReached").booleanValue()).isFalse();
                assertThat(hub.err()).contains("The quorum of witnesses is lost: 0 of 1 cosign");
            }
            try (HutongProcess hub = serve(data(), entry(ready), 1)) {
                JsonNode log = await(
                        hub.awaitReady().group(2),
                        shown -> shown.get("quorumReached").booleanValue());
                assertThat(log.at("/witnesses/0/cosignedSize").intValue()).isEqualTo(7);
            }
            witness.terminate();
            assertThat(witness.awaitExit()).isZero();
        }
    }

    @Test
    void whatIsNoWitnessIsToldInOneLine() throws IOException {
        Path key = folder.resolve("es256.jwk.json");
        InProcess.run("keys", "generate", "--alg", "ES256", "--out", key.toString());
        String data = folder.resolve("w").toString();

        assertThat(run(key.toString(), "w1", log, data)).isEqualTo(1);
        assertThat(run(folder.resolve("none").toString(), "w1", log, data)).isEqualTo(1);
        assertThat(run(key.toString(), "w 1", log, data)).isEqualTo(2);
        assertThat(run(key.toString(), "w1", "no vkey", data)).isEqualTo(2);
        assertThat(Path.of(data)).doesNotExist();
    }

    private static int run(String key, String name, String log, String data) {
        InProcess run = InProcess.run(
                "log", "witness", "--key", key, "--name", name, "--log", log, "--data", data, "--port", "0");
        assertThat(run.err()).startsWith("hutong: ").hasLineCount(1);
        return run.exitCode();
    }
}
