package dev.hutong.hub;

import static dev.hutong.hub.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualPlatform;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.clients.Role;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.ledger.BlockStore;
import dev.hutong.hub.ledger.LedgerVerification;
import dev.hutong.hub.load.Quota;
import dev.hutong.hub.load.QuotaPlan;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.jose.SignatureProviders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of a running hub is set forward and back by an hour. */
class ClockJumpIT {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final OAuthClient GATE = OAuthClient.of("gate-7", ClientRole.VERIFIER);
    private static final OAuthClient THIRSTY = OAuthClient.of("thirsty", ClientRole.AUDITOR);

    @TempDir
    private Path data;

    private final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private VirtualProvinces provinces;
    private TestHub hub;

    @BeforeEach
    void start() {
        provinces = VirtualProvinces.startDemo(clock);
        Instant longAgo = clock.instant().minus(Duration.ofDays(1));
        List<RegistryEvent> events = new ArrayList<>(TestHub.registrationOf(provinces, longAgo));
        events.add(GATE.registered(longAgo));
        events.add(THIRSTY.registered(longAgo));
        TestHub.append(data, clock, events);
        HubConfig config = TestHub.config(data);
        Quota plenty = new Quota(1_000_000, HOUR, 1_000_000);
        Quota five = new Quota(5, HOUR, 5);
        hub = TestHub.start(
                config.withClients(ClientsConfig.REQUIRED)
                        .withLoad(config.load()
                                .withQuotas(new QuotaPlan(
                                        plenty, Map.of(Role.VERIFIER, plenty, Role.AUDITOR, five), plenty, plenty))),
                clock);
    }

    @AfterEach
    void stop() {
        hub.close();
        provinces.close();
    }

    private ScannedCode green() {
        return provinces.province(Codes.GUANGDONG).sign(Codes.green(clock.instant()));
    }

    private Exchange resolve(ScannedCode code, String token) {
        return hub.verifier()
                .resolve(
                        HubClient.request(code).toString().getBytes(StandardCharsets.UTF_8), OAuthClient.bearer(token));
    }

    private String decided(ScannedCode code) {
        return resolve(code, GATE.token(hub, clock)).decided();
    }

    private void set(Duration by) {
        clock.advance(by);
        eventually(
                () -> assertThat(hub.operator().get("/health/ready").status()).isEqualTo(200));
    }

    @Test
    void codesAreJudgedByTheClockAsItIsAndTheLedgerHoldsAll() throws IOException {
        ScannedCode before = green();
        assertThat(decided(before)).isEqualTo("LOW");

        set(HOUR);
        ScannedCode ahead = green();
        assertThat(decided(before)).isEqualTo("EXPIRED_CODE");
        assertThat(decided(ahead)).isEqualTo("LOW");

        set(HOUR.negated());
        assertThat(decided(ahead)).isEqualTo("CODE_NOT_VALID_YET");
        assertThat(decided(green())).isEqualTo("LOW");

        set(HOUR.negated());
        assertThat(decided(before)).isEqualTo("CODE_NOT_VALID_YET");
        assertThat(decided(green())).isEqualTo("LOW");

        try (BlockStore store = LedgerStores.open(TestHub.config(data))) {
            LedgerVerification.Verdict verdict =
                    LedgerVerification.verify(store, List.of(), List.of(), SignatureProviders.choose());
            assertThat(verdict.faults()).isEmpty();
            assertThat(verdict.extents())
                    .singleElement()
                    .satisfies(extent -> assertThat(extent.records())
                            .as("each decision, and that the chain was opened")
                            .isEqualTo(8));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void anAssertionThatWasUsedIsNotGoodOnceMoreWhereverTheClockGoes(long hours) {
        String assertion = GATE.sign(GATE.claims(hub, clock).build());
        assertThat(status(assertion)).isEqualTo(200);

        set(HOUR.multipliedBy(hours));
        GATE.token(hub, clock);
        assertThat(status(assertion)).isEqualTo(401);
        set(HOUR.multipliedBy(-hours));

        assertThat(status(assertion)).isEqualTo(401);
        assertThat(GATE.token(hub, clock)).as("another").isNotEmpty();
    }

    private int status(String assertion) {
        return OAuthClient.ask(hub, OAuthClient.request(assertion)).status();
    }

    @Test
    void aTokenIsGoodBetweenItsTimesOnlySoThatNoneFromAheadOutlivesItsClient() {
        String before = GATE.token(hub, clock);
        set(HOUR);
        String ahead = GATE.token(hub, clock);
        assertThat(resolve(green(), before).status()).isEqualTo(401);
        assertThat(resolve(green(), ahead).status()).isEqualTo(200);

        set(HOUR.negated());

        assertThat(resolve(green(), ahead).status()).isEqualTo(401);
        assertThat(resolve(green(), ahead).problem()).isEqualTo("token-invalid");
        assertThat(resolve(green(), before).status()).isEqualTo(200);
    }

    @Test
    void aQuotaIsNeitherWholeAgainNorGoneForAnHour() {
        String token = THIRSTY.token(hub, clock);
        while (ask(token).status() != 429) {
            assertThat(ask(token).header("RateLimit-Policy")).isIn(null, "\"quota\";q=5;w=3600");
        }

        clock.advance(Duration.ofMinutes(9)); // the token's own time goes on
        assertThat(ask(token).header("Retry-After")).isIn("719", "720");
        clock.advance(Duration.ofMinutes(-9));
        assertThat(ask(token).header("Retry-After")).isIn("719", "720");
        set(HOUR.negated());
        assertThat(ask(THIRSTY.token(hub, clock)).header("Retry-After")).isIn("718", "719", "720");
        set(HOUR.multipliedBy(2));
        assertThat(ask(THIRSTY.token(hub, clock)).header("Retry-After")).isIn("717", "718", "719", "720");
    }

    private Exchange ask(String token) {
        return hub.verifier().send("GET", "/v1/appeals", new byte[0], OAuthClient.bearer(token));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void aPlatformThatAnswersAgainIsAskedAgainSecondsLater(long hours) {
        VirtualPlatform platform = provinces.province(Codes.HANGZHOU).virtualPlatform();
        eventually(() -> {
            resolve(
                    platform.issue(Codes.record("green", clock.instant().minusSeconds(60)), Behaviour.status(500))
                            .scanned(),
                    GATE.token(hub, clock));
            assertThat(hub.operator().get("/metrics").text())
                    .containsPattern("hutong_platform_breaker\\{platform=[^}]*state=\"open\"} 1");
        });

        set(HOUR.multipliedBy(hours));

        eventually(() -> assertThat(decided(
                        platform.issue(Codes.record("green", clock.instant().minusSeconds(60)))
                                .scanned()))
                .isEqualTo("LOW"));
    }
}
