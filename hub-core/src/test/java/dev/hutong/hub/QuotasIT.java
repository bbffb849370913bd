package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.Network;
import dev.hutong.hub.load.Quota;
import dev.hutong.hub.load.QuotaPlan;
import dev.hutong.registry.ClientRole;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody asks a running hub too often: who that is, and who is not kept from asking by it. */
class QuotasIT {
    private static final String KEYS = "/.well-known/jwks.json";
    private static final Quota PLENTY = new Quota(1_000, Duration.ofSeconds(1), 1_000);
    private static final Quota TWO = new Quota(2, Duration.ofHours(1), 2);

    private final InstantSource clock = InstantSource.system();

    @TempDir
    private Path data;

    @Test
    void whoAsksMoreThanTheQuotaIsToldWhenToAskAgain() {
        Quota five = new Quota(5, Duration.ofHours(1), 5);
        try (TestHub hub = TestHub.start(withQuotas(new QuotaPlan(five, Map.of(), five, five)), clock)) {
            for (int i = 0; i < 5; i++) {
                assertThat(hub.verifier().resolve("{\"code\":\"\"}").status()).isEqualTo(200);
            }
            Exchange refused = hub.verifier().resolve("{\"code\":\"\"}");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.problem()).isEqualTo("quota-exceeded");
            assertThat(refused.header("Retry-After")).isEqualTo("720");
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"quota\";q=5;w=3600");
            assertThat(refused.header("RateLimit")).isEqualTo("\"quota\";r=0;t=720");
            assertThat(hub.operator().get("/health/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void proposalsHaveASmallQuotaOfTheirOwnAndCodesAreResolvedMeanwhile() {
        try (TestHub hub = TestHub.start(withQuotas(new QuotaPlan(PLENTY, Map.of(), TWO, PLENTY)), clock)) {
            Map<String, String> json = Map.of("Content-Type", "application/json");
            byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
            assertThat(IntStream.range(0, 3)
                            .map(i -> hub.verifier()
                                    .send("POST", "/v1/registry/proposals", nothing, json)
                                    .status()))
                    .containsExactly(400, 400, 429);
            assertThat(hub.verifier().get("/v1/registry/proposals").status()).isEqualTo(200);
            assertThat(hub.verifier().resolve("{\"code\":\"\"}").status()).isEqualTo(200);
        }
    }

    @Test
    void theLinesOfABatchCountAgainstTheQuota() {
        Quota ten = new Quota(10, Duration.ofHours(1), 10);
        try (TestHub hub = TestHub.start(withQuotas(new QuotaPlan(ten, Map.of(), ten, ten)), clock)) {
            Exchange exchange = hub.verifier()
                    .send(
                            "POST",
                            "/v1/resolve-batch",
                            "{\"code\":\"\"}\n".repeat(16).getBytes(StandardCharsets.UTF_8),
                            Map.of("Content-Type", "application/x-ndjson"));

            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.text().lines().filter(line -> line.contains("UNKNOWN_FORMAT")))
                    .hasSize(8);
            assertThat(exchange.text().lines().filter(line -> line.contains("quota-exceeded")))
                    .hasSize(8);
        }
    }

    /** All of these lead to the operation that has the quota. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/registry/proposals",
                "/v1/registry/proposals/",
                "/v1//registry/proposals",
                "/v1/registry/%70roposals",
                "/v1/./registry/x/../proposals",
                "/v1/registry/proposals/any/approvals",
                "//v1/registry/proposals/any/%61pprovals/"
            })
    void proposalsHaveTheirQuotaHoweverTheirPathIsWritten(String path) throws IOException {
        try (TestHub hub = TestHub.start(withQuotas(new QuotaPlan(PLENTY, Map.of(), TWO, PLENTY)), clock)) {
            for (int i = 0; i < 2; i++) {
                assertThat(post(hub, path, "application/json", "")).isNotEqualTo(429);
            }
            assertThat(post(hub, path, "application/json", "")).isEqualTo(429);
            assertThat(post(hub, "/v1/registry/proposals", "application/json", ""))
                    .isEqualTo(429);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/token", "/oauth2/token/", "/oauth2//token", "/oauth2/%74oken"})
    void tokensHaveTheirQuotaHoweverTheirPathIsWritten(String path) throws IOException {
        try (TestHub hub = TestHub.start(withQuotas(new QuotaPlan(PLENTY, Map.of(), PLENTY, TWO)), clock)) {
            for (int i = 0; i < 2; i++) {
                assertThat(post(hub, path, "application/x-www-form-urlencoded", ""))
                        .isEqualTo(400);
            }
            assertThat(post(hub, path, "application/x-www-form-urlencoded", "")).isEqualTo(429);
        }
    }

    @Test
    void aStrangerUsesUpItsOwnAddressesQuotaAndNobodyElses() throws IOException {
        OAuthClient gate = OAuthClient.of("gate-7", ClientRole.VERIFIER);
        TestHub.append(data, clock, List.of(gate.registered(clock.instant())));
        HubConfig config = withQuotas(new QuotaPlan(TWO, Map.of(), TWO, PLENTY)).withClients(ClientsConfig.REQUIRED);
        try (TestHub hub = TestHub.start(config, clock)) {
            for (String nonsense : List.of("", "Authorization: Bearer nonsense\r\n", "Authorization: Basic eA==\r\n")) {
                get(hub, "127.0.0.3", nonsense);
            }
            assertThat(get(hub, "127.0.0.3", "")).isEqualTo(429);

            assertThat(get(hub, "127.0.0.2", "")).isEqualTo(200);
            // A client's own quota is its, wherever it asks from.
            String token = gate.token(hub, clock);
            assertThat(get(hub, "127.0.0.3", "Authorization: Bearer " + token + "\r\n"))
                    .isEqualTo(200);
        }
    }

    @Test
    void behindAProxyThatIsConfiguredEachStrangerHasAQuota() throws IOException {
        try (TestHub hub = TestHub.start(behind("127.0.0.9"), clock)) {
            get(hub, "127.0.0.9", forwardedFor("203.0.113.7"));
            get(hub, "127.0.0.9", forwardedFor("203.0.113.7"));

            assertThat(get(hub, "127.0.0.9", forwardedFor("203.0.113.7"))).isEqualTo(429);
            assertThat(get(hub, "127.0.0.9", forwardedFor("203.0.113.8"))).isEqualTo(200);
            assertThat(get(hub, "127.0.0.9", forwardedFor("2001:db8::1"))).isEqualTo(200);
            assertThat(get(hub, "127.0.0.9", forwardedFor("2001:db8:0:0:ffff::2")))
                    .isEqualTo(200);
            assertThat(get(hub, "127.0.0.9", forwardedFor("2001:db8::3")))
                    .as("the same network")
                    .isEqualTo(429);
        }
    }

    @Test
    void ofWhatAProxyHandsOnOnlyItsOwnWordIsBelieved() throws IOException {
        try (TestHub hub = TestHub.start(behind("127.0.0.9"), clock)) {
            get(hub, "127.0.0.9", forwardedFor("203.0.113.7"));
            get(hub, "127.0.0.9", forwardedFor("203.0.113.7"));

            for (String written : List.of(
                    "198.51.100.1, 203.0.113.7",
                    "198.51.100.2\r\nX-Forwarded-For: 203.0.113.7",
                    "nonsense,203.0.113.7",
                    "198.51.100.3, 203.0.113.7, 127.0.0.9")) {
                assertThat(get(hub, "127.0.0.9", forwardedFor(written)))
                        .as(written)
                        .isEqualTo(429);
            }
        }
    }

    @Test
    void whoeverIsNoProxyIsWhereItsConnectionComesFrom() throws IOException {
        try (TestHub hub = TestHub.start(behind("127.0.0.9"), clock)) {
            for (int i = 0; i < 2; i++) {
                assertThat(get(hub, "127.0.0.3", forwardedFor("203.0.113." + i)))
                        .isEqualTo(200);
            }
            assertThat(get(hub, "127.0.0.3", forwardedFor("203.0.113.9"))).isEqualTo(429);
        }
    }

    @Test
    void aStrangerBehindAProxyDoesNotKeepAGateFromItsToken() throws IOException {
        OAuthClient gate = OAuthClient.of("gate-7", ClientRole.VERIFIER);
        TestHub.append(data, clock, List.of(gate.registered(clock.instant())));
        HubConfig config = withQuotas(new QuotaPlan(PLENTY, Map.of(), PLENTY, TWO))
                .withClients(ClientsConfig.REQUIRED.withProxies(List.of(only("127.0.0.1"))));
        try (TestHub hub = TestHub.start(config, clock)) {
            String form = "application/x-www-form-urlencoded";
            for (int i = 0; i < 3; i++) {
                post(hub, "/oauth2/token", form, forwardedFor("203.0.113.7"));
            }
            assertThat(post(hub, "/oauth2/token", form, forwardedFor("203.0.113.7")))
                    .isEqualTo(429);

            String request = OAuthClient.form(
                    OAuthClient.request(gate.sign(gate.claims(hub, clock).build())));
            assertThat(OAuthClient.ask(hub, request, Map.of("X-Forwarded-For", "203.0.113.8"))
                            .status())
                    .isEqualTo(200);
        }
    }

    private HubConfig behind(String proxy) {
        return withQuotas(new QuotaPlan(TWO, Map.of(), TWO, TWO))
                .withClients(ClientsConfig.DEFAULT.withProxies(List.of(only(proxy))));
    }

    private static Network only(String address) {
        return new Network(InetAddress.ofLiteral(address), 32);
    }

    private static String forwardedFor(String addresses) {
        return "X-Forwarded-For: " + addresses + "\r\n";
    }

    private static int get(TestHub hub, String from, String headers) throws IOException {
        return ask(hub, from, "GET " + KEYS + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private static int post(TestHub hub, String path, String mediaType, String headers) throws IOException {
        return ask(
                hub,
                "127.0.0.1",
                "POST " + path + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Type: " + mediaType
                        + "\r\nContent-Length: 2\r\n" + headers + "\r\n{}");
    }

    private static int ask(TestHub hub, String from, String request) throws IOException {
        try (RawClient client = RawClient.connect(hub.hub().url(), from)) {
            client.send(request);
            return RawClient.status(client.rest());
        }
    }

    private HubConfig withQuotas(QuotaPlan quotas) {
        HubConfig config = TestHub.config(data);
        return config.withLoad(config.load().withQuotas(quotas));
    }
}
