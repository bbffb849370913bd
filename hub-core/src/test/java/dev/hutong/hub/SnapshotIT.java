package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.SnapshotConfig;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry as others take it over. */
class SnapshotIT {
    private static final String PATH = "/v1/registry/snapshot";
    private static final int SIZE = 8;
    private static final int REACH = 5;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-05T08:00:00Z"));
    private TestHub hub;

    @BeforeEach
    void start(@TempDir Path data) {
        List<RegistryEvent> events = new ArrayList<>();
        for (int i = 1; i < SIZE; i++) {
            events.add(new IssuerRegistered(
                    clock.instant(), new IssuerId("11000" + i + ".city"), "城 " + i, Optional.empty()));
        }
        events.add(new IssuerSuspended(clock.instant(), new IssuerId("110001.city"), "key ceremony not witnessed"));
        TestHub.append(data, clock, events);
        HubConfig config = TestHub.config(data);
        hub = TestHub.start(
                config.withRegistry(config.registry()
                        .withSnapshot(new SnapshotConfig(Duration.ofMinutes(10), Duration.ofHours(24), REACH))),
                clock);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private Exchange ask(String path, Map<String, String> headers) {
        return hub.verifier().send("GET", path, new byte[0], headers);
    }

    private static JsonNode payload(Exchange exchange) throws Exception {
        return new ObjectMapper()
                .readTree(JWSObject.parse(exchange.text()).getPayload().toBytes());
    }

    @Test
    void anotherLibraryVerifiesTheSnapshotWithTheHubsKey() throws Exception {
        Exchange exchange = hub.verifier().get(PATH);
        JWSObject jws = JWSObject.parse(exchange.text());
        JWKSet keys = JWKSet.parse(hub.verifier().get("/.well-known/jwks.json").text());

        assertThat(jws.verify(new ECDSAVerifier(Objects.requireNonNull(
                                keys.getKeyByKeyId(jws.getHeader().getKeyID()))
                        .toECKey())))
                .isTrue();
        assertThat(jws.getHeader().getType().getType()).isEqualTo("hutong-registry-snapshot+jwt");
        JsonNode payload = payload(exchange);
        assertThat(payload.get("sequence").intValue()).isEqualTo(SIZE);
        assertThat(payload.at("/entries/issuers")).hasSize(SIZE - 1);
        assertThat(payload.get("iat").longValue()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(payload.at("/refused/0/reason").textValue()).contains("key ceremony not witnessed");
        assertThat(payload.get("log").get("root").textValue())
                .isEqualTo(hub.verifier()
                        .get("/v1/issuers")
                        .json()
                        .at("/checkpoint/root")
                        .textValue());
    }

    @Test
    void aTagThatIsNamedGives304AndTheSameOctetsOtherwise() {
        Exchange first = hub.verifier().get(PATH);
        String tag = Objects.requireNonNull(first.header("ETag"));

        assertThat(hub.verifier().get(PATH).text()).isEqualTo(first.text());
        for (String named : List.of(tag, "W/" + tag, "\"0.x\", " + tag, "*")) {
            assertThat(ask(PATH, Map.of("If-None-Match", named)).status()).isEqualTo(304);
        }
        for (String other : List.of("\"8\"", "x", "\"\"")) {
            assertThat(ask(PATH, Map.of("If-None-Match", other)).status()).isEqualTo(200);
        }
        Exchange head = hub.verifier().send("HEAD", PATH, new byte[0], Map.of());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("ETag")).isEqualTo(tag);
    }

    @Test
    void aDifferenceHoldsWhatChanged() throws Exception {
        JsonNode payload = payload(hub.verifier().get(PATH + "?from=6"));

        assertThat(payload.get("from").intValue()).isEqualTo(6);
        assertThat(payload.get("digest"))
                .isEqualTo(payload(hub.verifier().get(PATH)).get("digest"));
        assertThat(payload.at("/changed/issuers").findValuesAsText("id")).containsExactly("110001.city", "110007.city");
        assertThat(payload(hub.verifier().get(PATH + "?from=8")).at("/changed/issuers"))
                .isEmpty();
    }

    @Test
    void aDifferenceThatLiesTooFarBackIsGone() {
        assertThat(hub.verifier().get(PATH + "?from=3").status()).isEqualTo(200);
        Exchange gone = hub.verifier().get(PATH + "?from=2");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.problem()).isEqualTo("gone");
    }

    @Test
    void aClientThatIsAheadIsToldThatTheLogWasCutBack() {
        Exchange ahead = hub.verifier().get(PATH + "?from=9");
        assertThat(ahead.status()).isEqualTo(409);
        assertThat(ahead.json().get("detail").textValue()).contains("8 entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.0", "01", "%2B1", "9999999999999999999", "6&from=6"})
    void aFromThatIsNoSequenceIsRefused(String from) {
        assertThat(hub.verifier().get(PATH + "?from=" + from).problem()).isEqualTo("invalid-request");
    }
}
