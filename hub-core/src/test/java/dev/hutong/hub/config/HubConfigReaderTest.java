package dev.hutong.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.config.HubConfig.Endpoint;
import dev.hutong.hub.config.HubConfig.PlatformsConfig;
import dev.hutong.hub.config.HubConfig.RegistryConfig;
import dev.hutong.hub.config.HubConfig.RulesConfig;
import dev.hutong.hub.config.HubConfig.SnapshotConfig;
import dev.hutong.hub.config.HubConfig.StoreConfig;
import dev.hutong.hub.config.HubConfig.WitnessConfig;
import dev.hutong.registry.PostgresStore;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.tlog.NoteKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubConfigReaderTest {
    private static final PublicJwk WITNESS = generated();
    private static final PublicJwk OTHER_WITNESS = generated();

    @TempDir
    private Path folder;

    private HubConfigReader.Reading read(String yaml) {
        try {
            return HubConfigReader.read(Files.writeString(folder.resolve("hub.yaml"), yaml));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HubConfig valid(String yaml) {
        HubConfigReader.Reading reading = read(yaml);
        assertThat(reading).isInstanceOf(HubConfigReader.Reading.Valid.class);
        return ((HubConfigReader.Reading.Valid) reading).config();
    }

    private List<String> mistakes(String yaml) {
        HubConfigReader.Reading reading = read(yaml);
        assertThat(reading).isInstanceOf(HubConfigReader.Reading.Invalid.class);
        return ((HubConfigReader.Reading.Invalid) reading).mistakes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing but a comment\n",
                "---\n",
                "{}",
                "http:\n# port: 8080\n",
                "http: {}\nregistry:\n",
                "id:\n"
            })
    void whatIsLeftOutHasItsDefault(String yaml) {
        assertThat(valid(yaml)).isEqualTo(HubConfig.defaults());
    }

    @Test
    void everyKeyIsRead() {
        assertThat(valid("""
                id: gate-hub
                data: /var/lib/hutong
                rules: { folder: /etc/hutong/formats, shadow: true }
                policies: /etc/hutong/policies
                http: { host: "::1", port: 1 }
                management: { host: localhost, port: 65535 }
                registry: { poll: 500ms, maxAge: 1h, snapshot: { nextUpdate: 1m, expires: 2h, reach: 7 } }
                platforms: { timeout: 3s, atOnce: 7 }
                publicUrl: https://hub.example/hutong
                """))
                .isEqualTo(new HubConfig(
                        "gate-hub",
                        Path.of("/var/lib/hutong"),
                        new RulesConfig(Optional.of(Path.of("/etc/hutong/formats")), true),
                        Optional.of(Path.of("/etc/hutong/policies")),
                        new Endpoint("::1", 1),
                        new Endpoint("localhost", 65_535),
                        new RegistryConfig(
                                Duration.ofMillis(500),
                                Duration.ofHours(1),
                                new SnapshotConfig(Duration.ofMinutes(1), Duration.ofHours(2), 7),
                                Optional.empty(),
                                List.of(),
                                0),
                        new PlatformsConfig(Duration.ofSeconds(3), 7),
                        Optional.of(URI.create("https://hub.example/hutong")),
                        ClientsConfig.DEFAULT,
                        LedgerConfig.DEFAULT,
                        LoadConfig.DEFAULT,
                        TelemetryConfig.DEFAULT,
                        ClusterConfig.DEFAULT,
                        WarmUpConfig.DEFAULT));
    }

    @Test
    void allMistakesAreToldTogetherEachWithItsPath() {
        assertThat(mistakes("""
                id: 7
                dat: data
                http: { host: 0.0.0.0, port: 65536, tls: true }
                management: { host: example.invalid, port: "9090" }
                registry: { poll: 1 second, maxAge: -1s }
                platforms: 2s
                """))
                .satisfiesExactlyInAnyOrder(
                        mistake -> assertThat(mistake).startsWith("id: a text"),
                        mistake -> assertThat(mistake)
                                .startsWith(
                                        "dat: there is no such key; there are clients.required, cluster.address, cluster.bind, cluster.members, cluster.name, data, "),
                        mistake -> assertThat(mistake).startsWith("http.host: «0.0.0.0» is not on the loopback"),
                        mistake -> assertThat(mistake).startsWith("http.port: a port from 0 to 65535"),
                        mistake -> assertThat(mistake).startsWith("http.tls: keys and their values"),
                        mistake -> assertThat(mistake).startsWith("management.host: «example.invalid»"),
                        mistake -> assertThat(mistake).startsWith("management.port: a port"),
                        mistake -> assertThat(mistake).startsWith("registry.poll: a time such as"),
                        mistake -> assertThat(mistake).startsWith("registry.maxAge: a time such as"),
                        mistake -> assertThat(mistake).startsWith("platforms: keys and their values"));
    }

    @Test
    void anotherAddressThanTheLoopbackNeedsKnownClientsTlsAndAName() {
        assertThat(mistakes("http: { host: 0.0.0.0 }"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake)
                        .contains("clients.required: true", "http.tls, or http.tlsByProxy: true", "publicUrl"));
        assertThat(mistakes("{ http: { host: 0.0.0.0, tlsByProxy: true }, publicUrl: \"https://hub.example\" }"))
                .singleElement()
                .satisfies(mistake ->
                        assertThat(mistake).contains("clients.required: true").doesNotContain("tls"));
        valid(
                "{ http: { host: 0.0.0.0, tlsByProxy: true }, publicUrl: \"https://hub.example\", clients: { required: true } }");
        valid("{ http: { host: 0.0.0.0, tls: { certificate: c.pem, key: k.pem } }, publicUrl: \"https://hub.example\","
                + " clients: { required: true } }");
        assertThat(mistakes("{ management: { host: 0.0.0.0 }, clients: { required: true } }"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake).startsWith("management.host: "));
    }

    @Test
    void proxiesAreAddressesOrNetworks() {
        assertThat(valid("http: { tlsByProxy: true, proxies: [10.0.0.7, \"2001:db8::/32\"] }")
                        .clients()
                        .proxies())
                .containsExactly(
                        new Network(InetAddress.ofLiteral("10.0.0.7"), 32),
                        new Network(InetAddress.ofLiteral("2001:db8::"), 32));
        assertThat(mistakes("http: { proxies: [10.0.0.7, proxy.example] }"))
                .singleElement()
                .satisfies(mistake ->
                        assertThat(mistake).startsWith("http.proxies[1]: ").endsWith("not «proxy.example»"));
        assertThat(mistakes("http: { proxies: 10.0.0.7 }"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake).startsWith("http.proxies: a list"));
    }

    @Test
    void tlsEndsAtOnePlace() {
        assertThat(mistakes("http: { tlsByProxy: true, tls: { certificate: c.pem, key: k.pem } }"))
                .containsExactly("http.tlsByProxy: http.tls is there too; TLS ends at one of them");
    }

    @Test
    void theRegistryMayBeInADatabase() {
        assertThat(valid("""
                registry: { store: { url: "jdbc:postgresql://127.0.0.1:5432/hutong", user: hub, passwordFile: /etc/hutong/password } }
                """).registry().store())
                .contains(new StoreConfig(
                        new PostgresStore("jdbc:postgresql://127.0.0.1:5432/hutong", "hub", ""),
                        Optional.of(Path.of("/etc/hutong/password"))));
        assertThat(mistakes("registry: { store: { user: hub } }"))
                .singleElement()
                .asString()
                .startsWith("registry.store.url: is missing");
        assertThat(mistakes("registry: { store: { url: \"jdbc:postgresql://127.0.0.1/hutong\" } }"))
                .singleElement()
                .asString()
                .startsWith("registry.store.user:");
        for (String url : List.of("jdbc:sqlite:x", "jdbc:postgresql://h/d?password=geheim", "registry.db")) {
            assertThat(mistakes("registry: { store: { url: \"" + url + "\", user: hub } }"))
                    .singleElement()
                    .asString()
                    .startsWith("registry.store.url: The URL of the database")
                    .doesNotContain("geheim");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "10.0.0.1", "169.254.0.1", "2001:db8::1"})
    void anythingButLoopbackIsRefused(String host) {
        assertThat(mistakes("http: { host: \"" + host + "\" }"))
                .singleElement()
                .asString()
                .contains("http.host", host, "127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"101ms,PT0.101S", "999ms,PT0.999S", "2s,PT2S", "10m,PT10M", "1h,PT1H"})
    void aTimeHasItsUnit(String text, Duration expected) {
        assertThat(valid("registry: { poll: 100ms, maxAge: " + text + " }")
                        .registry()
                        .maxAge())
                .isEqualTo(expected);
    }

    @Test
    void aPollThatNeverRestsAndAPlatformThatIsWaitedForTooLongAreRefused() {
        assertThat(mistakes("registry: { poll: 99ms }"))
                .singleElement()
                .asString()
                .startsWith("registry.poll: at least");
        assertThat(mistakes("platforms: { timeout: 11s }"))
                .singleElement()
                .asString()
                .startsWith("platforms.timeout: at most");
        assertThat(valid("platforms: { timeout: 10s }").platforms().timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0s", "-2s", "1.5s", "2 s", "2S", "2d", "PT2S", "''", "[2s]", "1234567890s"})
    void aTimeWithoutAUnitThatIsKnownIsRefused(String text) {
        assertThat(mistakes("platforms: { timeout: " + text + " }"))
                .singleElement()
                .asString()
                .startsWith("platforms.timeout: a time such as 500ms, 2s, 10m or 1h is expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "80.0", "http", "99999999999", "[1]", "true"})
    void aPortThatIsNoneIsRefused(String port) {
        assertThat(mistakes("http: { port: " + port + " }"))
                .singleElement()
                .asString()
                .startsWith("http.port: a port from 0 to 65535 is expected");
    }

    @Test
    void bothServersOnOnePortAreRefusedUnlessItIsAnyFreeOne() {
        assertThat(mistakes("management: { port: 8080 }"))
                .singleElement()
                .asString()
                .contains("they are two servers");
        assertThat(valid("{ http: { port: 0 }, management: { port: 0 } }")
                        .http()
                        .port())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ poll: 10m }", "{ maxAge: 1s }", "{ poll: 1h, maxAge: 30m }"})
    void aRegistryThatIsStaleBeforeItIsLookedAtIsRefused(String registry) {
        assertThat(mistakes("registry: " + registry)).singleElement().asString().startsWith("registry.maxAge:");
    }

    @ParameterizedTest
    @CsvSource({
        "'{ nextUpdate: 1s }',registry.snapshot.nextUpdate: at least 2s",
        "'{ nextUpdate: 1h, expires: 59m }',registry.snapshot.expires: must not be shorter",
        "'{ reach: -1 }',registry.snapshot.reach: a whole number from 0",
        "'{ reach: 1.5 }',registry.snapshot.reach: a whole number from 0"
    })
    void aSnapshotThatNobodyCouldUseIsRefused(String snapshot, String mistake) {
        assertThat(mistakes("registry: { snapshot: " + snapshot + " }"))
                .singleElement()
                .asString()
                .startsWith(mistake);
        assertThat(valid("registry: { snapshot: { nextUpdate: 2s, expires: 2s, reach: 0 } }")
                        .registry()
                        .snapshot())
                .isEqualTo(new SnapshotConfig(Duration.ofSeconds(2), Duration.ofSeconds(2), 0));
    }

    @Test
    void aPathThatIsNoneIsRefused() {
        assertThat(mistakes("data: \"a\\0b\"")).singleElement().asString().startsWith("data: a file's path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "text", "7"})
    void aFileThatIsNoMappingIsRefused(String yaml) {
        assertThat(mistakes(yaml)).containsExactly("It is not a mapping of keys to values.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http: {", "id: a\nid: b\n", "a: b: c", "id: a\n---\nid: b\n"})
    void aFileThatIsNoYamlIsRefusedWithTheLine(String yaml) {
        assertThat(mistakes(yaml)).singleElement().asString().matches("(?s)Line \\d+ is not YAML: .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hub.example",
                "http://hub.example",
                "https://hub.example/",
                "https://user@hub.example",
                "https://hub.example?a",
                "https://hub.example#a",
                "https://HUB.example",
                "'https://hub example'"
            })
    void aPublicUrlThatCannotNameTheHubIsRefused(String url) {
        assertThat(mistakes("publicUrl: " + url)).singleElement().asString().startsWith("publicUrl: ");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(HubConfigReader.read(folder.resolve("none.yaml")))
                .isEqualTo(new HubConfigReader.Reading.Invalid(
                        List.of("There is no file " + folder.resolve("none.yaml") + ".")));
    }

    @Test
    void theDefaultsHoldNoMistake() {
        assertThat(HubConfigReader.mistakesIn(HubConfig.defaults())).isEmpty();
    }

    @Test
    void witnessesAreReadWithTheirKeysAndAddresses() {
        RegistryConfig registry = valid("registry: { quorum: 1, witnesses: [{ vkey: \"" + vkey("w1", WITNESS)
                        + "\", url: \"https://witness.example/x\" }, { vkey: \"" + vkey("w2", OTHER_WITNESS)
                        + "\", url: \"http://127.0.0.1:8089\" }] }")
                .registry();

        assertThat(registry.quorum()).isEqualTo(1);
        assertThat(registry.witnesses())
                .containsExactly(
                        new WitnessConfig(
                                new NoteKey("w1", NoteKey.Type.COSIGNATURE_V1, WITNESS),
                                URI.create("https://witness.example/x")),
                        new WitnessConfig(
                                new NoteKey("w2", NoteKey.Type.COSIGNATURE_V1, OTHER_WITNESS),
                                URI.create("http://127.0.0.1:8089")));
    }

    @Test
    void everyMistakeInAWitnessIsTold() {
        String log = NoteKey.ofLog("log", WITNESS).vkey();
        assertThat(mistakes(
                        "registry: { quorum: 3, witnesses: [7, { vkey: x, url: \"http://example.org\", key: 1 }, { vkey: \""
                                + log + "\", url: \"a b\" }, { vkey: \"" + vkey("a", WITNESS)
                                + "\", url: \"https://a.example\" }, { vkey: \"" + vkey("b", WITNESS)
                                + "\", url: \"https://b.example\" }] }"))
                .satisfiesExactlyInAnyOrder(
                        mistake -> assertThat(mistake).startsWith("registry.witnesses[0]: keys and their values"),
                        mistake -> assertThat(mistake).startsWith("registry.witnesses[1].vkey: it is no vkey"),
                        mistake -> assertThat(mistake).startsWith("registry.witnesses[1].url: Plain http"),
                        mistake -> assertThat(mistake).startsWith("registry.witnesses[1].key: there is no such key"),
                        mistake -> assertThat(mistake).startsWith("registry.witnesses[2].vkey: it is the key of a log"),
                        mistake -> assertThat(mistake).startsWith("registry.witnesses[2].url: it is no URL"),
                        mistake -> assertThat(mistake).startsWith("registry.quorum: 3 of 2 witnesses"),
                        mistake -> assertThat(mistake).startsWith("registry.witnesses: two have one key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ witnesses: x }",
                "{ witnesses: { vkey: x } }",
                "{ quorum: -1 }",
                "{ quorum: x }",
                "{ quorum: 1 }"
            })
    void whatIsNoListOfWitnessesOrNoQuorumIsRefused(String registry) {
        assertThat(mistakes("registry: " + registry)).singleElement().asString().startsWith("registry.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate hub", "a+b"})
    void anIdThatCannotNameALogIsRefused(String id) {
        assertThat(mistakes("id: " + id)).singleElement().asString().startsWith("id: no spaces");
    }

    private static String vkey(String name, PublicJwk key) {
        return new NoteKey(name, NoteKey.Type.COSIGNATURE_V1, key).vkey();
    }

    private static PublicJwk generated() {
        return PrivateJwk.generate(SignatureAlgorithm.EDDSA, new SecureRandom()).publicJwk();
    }
}
