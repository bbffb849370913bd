package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.VirtualProvince;
import dev.hutong.conformance.province.VirtualProvinces;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle is fetched from a real hub, and decides when the hub is gone. */
class BundleCommandsIT {
    private static final String ISSUER = "440000.yuekangma";

    private final InstantSource clock = InstantSource.system();
    private VirtualProvinces provinces;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        provinces = VirtualProvinces.startDemo(clock);
        VirtualProvince province = provinces.province(ISSUER);
        add(ISSUER, province.key().publicJwk());
    }

    @AfterEach
    void stop() {
        provinces.close();
    }

    private void add(String id, String jwk) throws IOException {
        Path file = Files.writeString(folder.resolve(id + ".pub.json"), jwk);
        InProcess run = InProcess.run(
                "issuer", "add", "--id", id, "--name", "issuer", "--jwk", file.toString(), "--data", data().toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path bundle() {
        return folder.resolve("gate.bundle");
    }

    private WatchedHub hub() {
        return WatchedHub.start(data(), clock);
    }

    private InProcess fetch(WatchedHub hub, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("bundle", "fetch", "--hub", hub.url().toString(), "--to", bundle().toString()));
        arguments.addAll(List.of(more));
        return InProcess.run(arguments.toArray(String[]::new));
    }

    private void fetchOnce() {
        try (WatchedHub hub = hub()) {
            InProcess run = fetch(hub);
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
    }

    private InProcess resolve(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("resolve", "--offline", "--bundle", bundle().toString(), "--text", green()));
        arguments.addAll(List.of(more));
        return InProcess.run(arguments.toArray(String[]::new));
    }

    private String green() {
        long now = clock.instant().getEpochSecond();
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", ISSUER)
                .put("jti", "a")
                .put("sub", "b")
                .put("iat", now)
                .put("exp", now + 300)
                .put("asof", now)
                .put("ver", 2)
                .put("mz", "G");
        return provinces.province(ISSUER).sign(claims).text();
    }

    private static void assertRefused(InProcess run, String... words) {
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).startsWith("hutong: ").hasLineCount(1).contains(words);
    }

    @Test
    void aFetchedBundleDecidesWhenTheHubIsGone() throws IOException {
        fetchOnce();

        InProcess run = resolve("--destination", "440100", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode decision = new ObjectMapper().readTree(run.out());
        assertThat(decision.get("risk").textValue()).isEqualTo("LOW");
        assertThat(decision.get("issuer").textValue()).isEqualTo(ISSUER);
        assertThat(decision.get("destination").textValue()).isEqualTo("440100");
    }

    @Test
    void theFirstVisitSaysWhomItTrustsAndTheNextOnesHoldItToThat() throws IOException {
        try (WatchedHub hub = hub()) {
            assertThat(fetch(hub).out()).contains("taking the hub's word that its key is", "good until");
            assertThat(fetch(hub).out()).doesNotContain("taking the hub's word");
        }
        Files.delete(data().resolve("hub-key.jwk.json"));
        try (WatchedHub hub = hub()) {
            assertRefused(fetch(hub), "OTHER_KEY", "stays");
        }
        assertThat(resolve().exitCode()).isZero();
    }

    @Test
    void withoutTheHubsKeyNothingIsDecided() throws IOException {
        fetchOnce();
        Files.delete(folder.resolve("gate.bundle.state.json"));
        assertRefused(resolve(), "--key");
    }

    @Test
    void aBundleThatSomebodyChangedOrThatIsNoneIsRefused() throws IOException {
        fetchOnce();
        String good = Files.readString(bundle());
        Files.writeString(bundle(), good.substring(0, good.length() - 4));
        assertRefused(resolve(), "Refused (");
        Files.writeString(bundle(), "no bundle");
        assertRefused(resolve(), "MALFORMED");
        Files.delete(bundle());
        assertRefused(resolve(), "--bundle");
    }

    @Test
    void anOlderBundleInTheNewersPlaceIsRefused() throws IOException {
        fetchOnce();
        String older = Files.readString(bundle());
        add("440100.suikangma", provinces.province("440100.suikangma").key().publicJwk());
        fetchOnce();
        assertThat(resolve().exitCode()).isZero();

        Files.writeString(bundle(), older);
        assertRefused(resolve(), "ROLLBACK");
    }

    @Test
    void offlineAndBundleGoTogether() {
        assertThat(InProcess.run("resolve", "--offline", "--text", "a").exitCode())
                .isEqualTo(ExitCodes.USAGE);
        assertThat(InProcess.run("resolve", "--bundle", "none", "--text", "a").exitCode())
                .isEqualTo(ExitCodes.USAGE);
        assertThat(InProcess.run("bundle").exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    /** A signed answer to a code, in a file as its verifier keeps it. */
    private Path signedDecision(WatchedHub hub, String code) throws IOException, InterruptedException {
        String body = JsonNodeFactory.instance.objectNode().put("code", code).toString();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(hub.url().resolve("/v1/resolve"))
                            .header("Content-Type", "application/json")
                            .header("Accept", "application/jwt")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return Files.writeString(folder.resolve("decision.jws"), answer.body());
        }
    }

    private InProcess replay(Path decision, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("replay", decision.toString(), "--bundle", bundle().toString()));
        arguments.addAll(List.of(more));
        return InProcess.run(arguments.toArray(String[]::new));
    }

    @Test
    void aSignedDecisionIsMadeAgainByTheBundleWithItsCodeOrWithout() throws IOException, InterruptedException {
        String code = green();
        Path decision;
        try (WatchedHub hub = hub()) {
            fetch(hub);
            decision = signedDecision(hub, code);
        }

        assertThat(replay(decision).out()).startsWith("same: ");
        assertThat(replay(decision, "--code", code).out()).startsWith("same: ");
        InProcess other = replay(decision, "--code", code.substring(0, code.length() - 4));
        assertThat(other.exitCode()).isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void aDecisionThatSomebodyChangedIsNotReplayed() throws IOException, InterruptedException {
        Path decision;
        try (WatchedHub hub = hub()) {
            fetch(hub);
            decision = signedDecision(hub, green());
        }
        String[] parts = Files.readString(decision).split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        parts[1] = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.replace("LOW", "HIGH").getBytes(StandardCharsets.UTF_8));
        Files.writeString(decision, String.join(".", parts));

        assertRefused(replay(decision), "is refused");
        assertThat(replay(folder.resolve("none.jws")).exitCode()).isEqualTo(ExitCodes.USAGE);
    }
}
