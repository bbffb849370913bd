package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.RulesConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code /metrics} counts, and that {@code docs/metrics.md} lists it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsIT {
    private final InstantSource clock = InstantSource.system();
    private VirtualProvinces provinces;
    private TestHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        provinces = VirtualProvinces.startDemo(clock);
        TestHub.append(data, clock, TestHub.registrationOf(provinces, clock.instant()));
        HubConfig config = TestHub.config(data).withRules(new RulesConfig(Optional.empty(), true));
        hub = TestHub.start(config, clock);
    }

    @AfterAll
    void stop() {
        hub.close();
        provinces.close();
    }

    @Test
    void aDecisionIsCountedByOutcomeIssuerAndFormatAndEachOfItsStepsIsTimed() {
        String decided =
                "hutong_decisions_total{format=\"yuekangma\",issuer=\"440000.yuekangma\",reason=\"none\",risk=\"LOW\"}";
        double before = value(decided);
        double steps = value("hutong_step_duration_seconds_count{step=\"authenticate\"}");
        double signatures = sum("hutong_verifications_total{algorithm=\"ES256\"");

        resolveGreen(Map.of("Accept", "application/jwt"));

        assertThat(value(decided)).isEqualTo(before + 1);
        assertThat(value("hutong_step_duration_seconds_count{step=\"authenticate\"}"))
                .isEqualTo(steps + 1);
        assertThat(sum("hutong_verifications_total{algorithm=\"ES256\"")).isGreaterThan(signatures);
        for (String step : List.of("recognise", "open", "authenticate", "map", "judge", "sign", "record")) {
            assertThat(value("hutong_step_duration_seconds_count{step=\"" + step + "\"}"))
                    .as(step)
                    .isPositive();
        }
    }

    @Test
    @SuppressWarnings("GarbageCollection")
    void whatIsMeasuredIsStillThereAfterACollection() {
        resolveGreen(Map.of());
        System.gc();

        assertThat(value("hutong_ledger_records_total")).isPositive();
        assertThat(value("hutong_ledger_blocks")).isPositive();
        assertThat(value("hutong_load_started_total")).isPositive();
    }

    @Test
    void whatNobodyKnowsAddsNoLabel() {
        hub.verifier().resolve("{\"code\":\"440000.unheard\"}");
        hub.verifier().get("/v1/issuers/999999.unheard");
        hub.verifier().get("/unheard?of=it");

        assertThat(metrics()).doesNotContain("unheard");
        assertThat(value("hutong_http_requests_total{operation=\"GET /v1/issuers/{id}\",status=\"404\"}"))
                .isPositive();
        assertThat(value("hutong_http_requests_total{operation=\"none\",status=\"404\"}"))
                .isPositive();
    }

    @Test
    void anAnswerIsCountedByItsOperationWhoeverRefusesIt() {
        hub.verifier().resolve("[");
        hub.verifier().resolve(new byte[] {'{', '}'}, Map.of("Content-Type", "text/plain"));

        assertThat(value("hutong_http_requests_total{operation=\"POST /v1/resolve\",status=\"400\"}"))
                .isPositive();
        assertThat(value("hutong_http_requests_total{operation=\"POST /v1/resolve\",status=\"415\"}"))
                .isPositive();
        assertThat(value("hutong_http_request_duration_seconds_count{operation=\"POST /v1/resolve\"}"))
                .isGreaterThanOrEqualTo(2);
    }

    /** Each path is answered by the operation, which its quota and its roles therefore stand before. */
    @ParameterizedTest
    @CsvSource({
        "/v1//formats, /v1/formats",
        "/v1/%66ormats, /v1/formats",
        "/v1/./formats, /v1/formats",
        "/v1/none/../formats, /v1/formats",
        "/v1/formats/, /v1/formats",
        "/v1//issuers/440000.yuekangma/, /v1/issuers/{id}",
        "/v1/issuers/440000%2Eyuekangma, /v1/issuers/{id}",
        "/v1/issuers/x/../440000.yuekangma/jwks.json, /v1/issuers/{id}/jwks.json",
    })
    void anOperationIsCountedAsItselfWhateverPathLedThere(String path, String operation) throws IOException {
        String counted = "hutong_http_requests_total{operation=\"GET " + operation + "\",status=\"200\"}";
        double before = value(counted);

        assertThat(statusOf("GET " + path)).isEqualTo(200);

        assertThat(value(counted)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/formats/%zz", "/v1/formats/%", "/v1/issuers/..", "/v1/formats//none"})
    void whatLeadsToNoOperationIsCountedAsNone(String path) throws IOException {
        double before = sum("hutong_http_requests_total{operation=\"none\"");
        double counted = sum("hutong_http_requests_total{operation=\"GET");

        assertThat(statusOf("GET " + path)).isIn(400, 404);

        assertThat(sum("hutong_http_requests_total{operation=\"none\"")).isEqualTo(before + 1);
        assertThat(sum("hutong_http_requests_total{operation=\"GET")).isEqualTo(counted);
    }

    @Test
    void aPlatformThatWasAskedShowsItsBreaker() {
        askHangzhou();

        assertThat(sum("hutong_platform_breaker{platform=\"127.0.0.1:")).isEqualTo(1);
        assertThat(value("hutong_step_duration_seconds_count{step=\"ask\"}")).isPositive();
    }

    @Test
    void everyCheckOfReadinessIsAMetric() {
        JsonNode ready = hub.operator().get("/health/ready").json();

        for (JsonNode check : ready.get("checks")) {
            assertThat(value("hutong_check_up{check=\"" + check.get("check").textValue() + "\",needed=\""
                            + check.get("needed") + "\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void thePageListsExactlyWhatIsThere() throws Exception {
        resolveGreen(Map.of());
        askHangzhou();
        MetricsPage page = MetricsPage.of(metrics());
        if (Boolean.getBoolean("hutong.regenerate")) {
            page.write();
        }

        assertThat(page.undocumented())
                .as("docs/metrics.md is made anew by: mvn verify -pl hub-core -am -Dit.test=MetricsIT"
                        + " -Dfailsafe.failIfNoSpecifiedTests=false -Dhutong.regenerate=true")
                .isEmpty();
        assertThat(page.goneFromTheHub()).isEmpty();
    }

    private int statusOf(String request) throws IOException {
        try (RawClient client = RawClient.connect(hub.hub().url())) {
            client.send(request + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
            return RawClient.status(client.rest());
        }
    }

    private void resolveGreen(Map<String, String> headers) {
        var code = provinces.province(Codes.GUANGDONG).sign(Codes.green(clock.instant()));
        hub.verifier().resolve(HubClient.request(code).toString().getBytes(StandardCharsets.UTF_8), headers);
    }

    private void askHangzhou() {
        var platform = provinces.province(Codes.HANGZHOU).virtualPlatform();
        hub.verifier()
                .resolve(platform.issue(Codes.record("green", clock.instant().minusSeconds(60)))
                        .scanned());
    }

    private String metrics() {
        return hub.operator().get("/metrics").text();
    }

    /** The value of this series; 0 where it is not there. */
    private double value(String series) {
        return sum(series + " ");
    }

    private double sum(String beginning) {
        List<Double> values = new ArrayList<>();
        metrics()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .forEach(line -> values.add(Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }
}
