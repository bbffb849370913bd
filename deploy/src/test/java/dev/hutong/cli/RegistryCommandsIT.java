package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.hub.rules.PackageContent;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry's commands against a hub whose every request is seen: no private key is ever in one, and no lie is signed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryCommandsIT {
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

    private Path folder;
    private WatchedHub hub;
    private RecordingProxy proxy;

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

    private String key(String name) {
        return folder.resolve(name + ".json").toString();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private String kid(String name) throws IOException {
        return new ObjectMapper()
                .readTree(Path.of(key(name)).toFile())
                .get("kid")
                .textValue();
    }

    private static InProcess run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("registry"));
        all.addAll(List.of(arguments));
        return InProcess.run(all.toArray(String[]::new));
    }

    private InProcess atHub(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--hub", proxy.url()));
        return run(all.toArray(String[]::new));
    }

    private static void assertDone(InProcess run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static void assertRefused(InProcess run, String... words) {
        assertThat(run.exitCode()).isEqualTo(1);
        // The hub of this test runs in the same process, and may log meanwhile.
        String said =
                run.err().lines().filter(line -> line.startsWith("hutong: ")).collect(Collectors.joining("\n"));
        assertThat(said).hasLineCount(1).contains(words);
    }

    private static String proposed(InProcess run) {
        assertDone(run);
        Matcher matcher = PROPOSED.matcher(run.out());
        assertThat(matcher.find()).as(run.out()).isTrue();
        return matcher.group(1);
    }

    private void approve(String id, String operator) {
        assertDone(atHub("approve", id, "--key", key(operator)));
    }

    /** However it might be written. */
    private void assertNothingSecretIn(String text) throws IOException {
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

    @Test
    void noPrivateKeyEverLeavesThisHost() throws IOException {
        String operator = proposed(
                atHub("propose", "add-operator", "--name", "Dora", "--new-key", key("dora"), "--reason", "fourth"));
        approve(operator, "bo");
        atHub("approve", operator);
        proposed(atHub(
                "propose",
                "add-key",
                "--issuer",
                "440100.citycode",
                "--new-key",
                key("city2"),
                "--key",
                key("city"),
                "--reason",
                "rotation"));
        atHub(
                "revoke",
                "--issuer",
                "440100.citycode",
                "--kid",
                kid("city2"),
                "--cause",
                "ceased",
                "--key",
                key("chen"),
                "--reason",
                "there is no such key yet");
        atHub("status");

        assertThat(proxy.requests()).hasSizeGreaterThan(8).anyMatch(request -> request.startsWith("POST "));
        assertNothingSecretIn(String.join("\n", proxy.requests()));
    }

    @Test
    void aProposalIsSignedWhereItsKeysAre() throws IOException {
        String text = folder.resolve("delegation.json").toString();
        assertDone(atHub(
                "propose",
                "delegate",
                "--issuer",
                "440100.citycode",
                "--regions",
                "4401",
                "--format",
                "citycode",
                "--reason",
                "counties",
                "--prepare",
                text));
        assertRefused(atHub("submit", text), "not signed yet");
        assertThat(run("sign", text).out()).contains("counties", "delegate").doesNotContain("Signed by");
        assertThat(run("sign", text, "--key", key("city")).out()).contains("Signed by key " + kid("city"));
        String id = proposed(atHub("submit", text));
        assertThat(proposed(atHub("submit", text))).as("the same again").isEqualTo(id);
        assertThat(atHub("status", id).out()).contains("ISSUER  440100.citycode", "regionPrefix  4401");
        assertRefused(run("genesis", "--data", folder.resolve("new").toString(), "--from", text), "founds no registry");
        assertRefused(
                atHub("propose", "suspend-issuer", "--id", "440100.citycode", "--reason", "r", "--prepare", text),
                "exists");
    }

    @Test
    void anIssuerTakesPartInTheFederationUntilItsPartIsEnded() throws Exception {
        Path entity = folder.resolve("entity.jwt");
        assertThat(InProcess.run(
                                "federation",
                                "entity",
                                "--issuer",
                                "440100.citycode",
                                "--key",
                                key("federation"),
                                "--hub",
                                hub.name().toString(),
                                "--out",
                                entity.toString())
                        .exitCode())
                .isZero();
        String[] deposit = {"--entity-configuration", entity.toString()};
        assertRefused(federate("330100.other", deposit), "440100.citycode");
        assertRefused(
                federate("440100.citycode", "--entity-configuration", key("city")), "city.json", "federation entity");

        approveByTwo(proposed(federate("440100.citycode", deposit)));
        assertThat(federationList()).contains("/federation/issuers/440100.citycode");
        approveByTwo(proposed(federate("440100.citycode", "--end")));
        assertThat(federationList()).isEqualTo("[]");
    }

    private InProcess federate(String issuer, String... how) {
        List<String> all = new ArrayList<>(
                List.of("propose", "federate", "--issuer", issuer, "--key", key("city"), "--reason", "federation"));
        all.addAll(List.of(how));
        return atHub(all.toArray(String[]::new));
    }

    private void approveByTwo(String id) {
        approve(id, "anna");
        approve(id, "bo");
    }

    private String federationList() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest list = HttpRequest.newBuilder(hub.url().resolve("/federation/list"))
                    .build();
            return http.send(list, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void aTextThatIsNotTheProposalsIsNotApproved() {
        String one = proposed(
                atHub("propose", "suspend-issuer", "--id", "440100.citycode", "--reason", "one", "--key", key("anna")));
        String other = proposed(atHub(
                "propose", "withdraw-issuer", "--id", "440100.citycode", "--reason", "two", "--key", key("anna")));
        try {
            // Asked for the one, the hub would show the other, or the other under the id of the one.
            proxy.lie(answer -> answer.replaceFirst("\"payload\":\"[^\"]*\"", "\"payload\":\"e30\""));
            assertRefused(atHub("approve", one, "--key", key("bo")), "another text", "approve nothing");
            proxy.lie(answer -> answer.replace(one, other));
            assertRefused(atHub("approve", one, "--key", key("bo")), "does not answer as a hub does");
        } finally {
            proxy.lie(answer -> answer);
        }
        assertThat(proxy.requests()).noneMatch(request -> request.startsWith("POST /v1/registry/proposals/" + one));
    }

    @Test
    void aRefusalSaysWhatToDo() {
        assertRefused(
                atHub("propose", "suspend-issuer", "--id", "330100.other", "--reason", "r", "--key", key("anna")),
                "409",
                "register it first");
        assertRefused(
                atHub("propose", "remove-operator", "--kid", "A".repeat(43), "--reason", "r", "--key", key("city")),
                "403",
                "must be signed by an operator");
        assertRefused(atHub("approve", "A".repeat(43), "--key", key("bo")), "404", "no proposal");
        // One id in 64 begins with a hyphen, and looks like an option.
        for (String id : List.of("-" + "A".repeat(42), "--" + "A".repeat(41))) {
            assertRefused(atHub("approve", id, "--key", key("bo")), "404", "no proposal");
        }
        assertRefused(atHub("status", "A".repeat(43)), "404");
    }

    @Test
    void keysThatCannotBeUsedAreNamed() {
        String[] register = {
            "propose", "register-issuer", "--id", "440200.citycode", "--name", "x", "--reason", "r", "--new-key"
        };
        assertRefused(atHub(with(register, key("none"))), "--new-key", "none.json");
        assertRefused(atHub(with(register, key("city") + ".pub.json")), "is a public key", "--prepare");
        assertRefused(
                atHub("propose", "suspend-issuer", "--id", "440100.citycode", "--reason", "r", "--key", key("none")),
                "--key",
                "none.json");
    }

    private static String[] with(String[] arguments, String last) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(last);
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"typ\":\"JWT\",\"text\":{}}", "{\"payload\":\"e30\"}"})
    void aFileThatIsNoTextToSignIsRefused(String content) throws IOException {
        Path file = Files.createTempFile(folder, "text", ".json");
        Files.writeString(file, content);

        assertRefused(run("sign", file.toString(), "--key", key("anna")), file.toString());
        assertRefused(atHub("submit", file.toString()), file.toString());
        assertThat(file).hasContent(content);
    }

    @Test
    void aDevelopmentHubHasNothingToProposeTo() {
        try (WatchedHub development = WatchedHub.start(folder.resolve("development"), InstantSource.system())) {
            String url = development.url().toString();
            assertThat(run("status", "--hub", url).out()).contains("A development registry");
            assertRefused(
                    run(
                            "propose",
                            "suspend-issuer",
                            "--id",
                            "440100.citycode",
                            "--reason",
                            "r",
                            "--key",
                            key("anna"),
                            "--hub",
                            url),
                    "409",
                    "registry genesis");
        }
    }

    @Test
    void rulesAreProposedByTheirFolderAndStandInTheStatus() throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        PackageContent example = PackageContent.bundled().stream()
                .filter(content -> document(content).contains("format: yuekangma"))
                .findFirst()
                .orElseThrow();
        Instant from = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        Files.writeString(
                rules.resolve("format.yaml"),
                document(example)
                        .replace("format: yuekangma", "format: citycode")
                        .replace("region: \"440000\"", "region: \"440100\"")
                        .replace("YKM2:", "CITY:")
                        .replace(
                                "version: 1.0.0",
                                "version: 1.1.0\nvalidFrom: \"" + from + "\"\nvalidTo: \""
                                        + from.plus(Duration.ofDays(14)) + "\""));

        assertRefused(
                atHub("propose", "rules", "--package", rules.toString(), "--key", key("chen"), "--reason", "r"),
                "not admitted",
                "examples.yaml");
        Files.writeString(
                rules.resolve("examples.yaml"),
                new String(example.pathToFile().get("examples.yaml"), StandardCharsets.UTF_8)
                        .replace("yuekangma@1.0.0", "citycode@1.1.0")
                        .replace("\"440000\"", "\"440100\"")
                        .replace("YKM2:", "CITY:"));
        assertRefused(
                atHub("propose", "rules", "--package", rules.toString(), "--key", key("chen"), "--reason", "r"),
                "409",
                "48 hours");
        String id = proposed(atHub(
                "propose",
                "rules",
                "--package",
                rules.toString(),
                "--emergency",
                "--key",
                key("chen"),
                "--reason",
                "an outbreak"));
        assertDone(atHub("approve", id, "--key", key("anna")));
        assertDone(atHub("approve", id, "--key", key("bo")));

        assertThat(atHub("status").out())
                .contains(
                        "rules  1.1.0  from " + from,
                        "emergency",
                        PackageContent.read(rules).digest().value());
        assertRefused(
                atHub("propose", "rules", "--package", folder.toString(), "--key", key("chen"), "--reason", "r"),
                "--package");
    }

    private static String document(PackageContent content) {
        return new String(content.pathToFile().get("format.yaml"), StandardCharsets.UTF_8);
    }

    @Test
    void aClientIsProposedApprovedGivenAnotherKeyAndWithdrawn() throws Exception {
        approveByTwo(proposed(atHub(
                "propose",
                "register-client",
                "--id",
                "gate-7",
                "--role",
                "verifier",
                "--region",
                "4401",
                "--new-key",
                key("gate"),
                "--reason",
                "joins")));
        approveByTwo(proposed(atHub(
                "propose",
                "add-client-key",
                "--id",
                "gate-7",
                "--new-key",
                key("gate2"),
                "--key",
                key("gate"),
                "--reason",
                "a new one")));
        assertThat(atHub("status").out()).contains("  gate-7  gate-7  verifier  in 4401", kid("gate"), kid("gate2"));
        approveByTwo(proposed(atHub(
                "propose",
                "remove-client-key",
                "--id",
                "gate-7",
                "--kid",
                kid("gate"),
                "--key",
                key("gate2"),
                "--reason",
                "the old one")));
        assertThat(atHub("status").out()).doesNotContain(kid("gate") + "  since");
        String id = proposed(
                atHub("propose", "withdraw-client", "--client", "gate-7", "--key", key("gate2"), "--reason", "closed"));
        assertThat(atHub("status", id).out()).contains("CLIENT  gate-7");
        approveByTwo(id);
        assertThat(atHub("status").out()).contains("withdrawn 20");
        InProcess sm2 = atHub(
                "propose",
                "register-client",
                "--id",
                "gate-8",
                "--role",
                "verifier",
                "--new-key",
                key("city"),
                "--reason",
                "r");
        assertThat(sm2.exitCode()).isEqualTo(2);
        assertThat(sm2.err()).contains("ES256 or EdDSA");
    }
}
