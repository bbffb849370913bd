package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A registry that three operators founded, a city in it, and a hub whose every request is seen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegistryCommandsBase {
    private static final Pattern PROPOSED = Pattern.compile("Proposed (\\S{43})");
    private static final Map<String, String> NAME_TO_ALGORITHM = Map.of(
            "anna",
            "ES256",
            "bo",
            "EdDSA",
            "chen",
            "SM2",
            "city",
            "SM2",
            "city2",
            "ES256",
            "dora",
            "EdDSA",
            "federation",
            "ES256",
            "gate",
            "ES256",
            "gate2",
            "EdDSA");

    Path folder;
    WatchedHub hub;
    RecordingProxy proxy;

    @BeforeAll
    void found(@TempDir Path temporary) throws IOException {
        folder = temporary;
        NAME_TO_ALGORITHM.forEach(
                (name, algorithm) -> InProcess.run("keys", "generate", "--alg", algorithm, "--out", key(name)));
        // The ceremony of operators on hosts of their own: the text goes round, and comes back signed by all.
        String text = folder.resolve("genesis.json").toString();
        assertDone(run(
                "genesis",
                "--data",
                data(),
                "--origin",
                "registry.example/hutong",
                "--operator",
                "Anna=" + key("anna") + ".pub.json",
                "--operator",
                "Bo=" + key("bo") + ".pub.json",
                "--operator",
                "Chen=" + key("chen"),
                "--prepare",
                text));
        for (String operator : List.of("anna", "bo", "chen")) {
            assertRefused(run("genesis", "--data", data(), "--from", text), "");
            assertDone(run("sign", text, "--key", key(operator)));
        }
        assertRefused(run("sign", text, "--key", key("anna")), "has signed it already");
        assertRefused(run("genesis", "--data", folder.resolve("other").toString(), "--from", text), "log-key");
        assertThat(run("genesis", "--data", data(), "--from", text).out()).contains("Founded registry.example/hutong");
        assertNothingSecretIn(Files.readString(Path.of(text)));
        hub = WatchedHub.start(Path.of(data()), InstantSource.system());
        proxy = new RecordingProxy(hub.url());
        String city = proposed(atHub(
                "propose",
                "register-issuer",
                "--id",
                "440100.citycode",
                "--name",
                "City",
                "--new-key",
                key("city"),
                "--reason",
                "joins"));
        approveByTwo(city);
    }

    @AfterAll
    void stop() {
        proxy.close();
        hub.close();
    }

    String key(String name) {
        return folder.resolve(name + ".json").toString();
    }

    String data() {
        return folder.resolve("data").toString();
    }

    String kid(String name) throws IOException {
        return new ObjectMapper()
                .readTree(Path.of(key(name)).toFile())
                .get("kid")
                .textValue();
    }

    static InProcess run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("registry"));
        all.addAll(List.of(arguments));
        return InProcess.run(all.toArray(String[]::new));
    }

    InProcess atHub(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--hub", proxy.url()));
        return run(all.toArray(String[]::new));
    }

    static void assertDone(InProcess run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    static void assertRefused(InProcess run, String... words) {
        assertThat(run.exitCode()).isEqualTo(1);
        // The hub of this test runs in the same process, and may log meanwhile.
        String said =
                run.err().lines().filter(line -> line.startsWith("hutong: ")).collect(Collectors.joining("\n"));
        assertThat(said).hasLineCount(1).contains(words);
    }

    static String proposed(InProcess run) {
        assertDone(run);
        Matcher matcher = PROPOSED.matcher(run.out());
        assertThat(matcher.find()).as(run.out()).isTrue();
        return matcher.group(1);
    }

    void approve(String id, String operator) {
        assertDone(atHub("approve", id, "--key", key(operator)));
    }

    /** However it might be written. */
    void assertNothingSecretIn(String text) throws IOException {
        for (String name : NAME_TO_ALGORITHM.keySet()) {
            String d = new ObjectMapper()
                    .readTree(Path.of(key(name)).toFile())
                    .get("d")
                    .textValue();
            byte[] octets = Base64.getUrlDecoder().decode(d);
            assertThat(text)
                    .doesNotContain(d, Base64.getEncoder().encodeToString(octets))
                    .doesNotContainIgnoringCase(HexFormat.of().formatHex(octets));
        }
    }

    void approveByTwo(String id) {
        approve(id, "anna");
        approve(id, "bo");
    }
}
