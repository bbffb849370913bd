package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.config.WarmUpConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that has warmed up has nothing to show for it but its speed. */
class WarmUpIT {
    private final InstantSource clock = InstantSource.system();

    @Test
    void nothingThatItWarmedUpWithIsCountedOrKept(@TempDir Path data) {
        WarmUpConfig warmUp = new WarmUpConfig(Duration.ofMillis(200));
        try (TestHub hub = TestHub.start(TestHub.config(data).withWarmUp(warmUp), clock)) {
            JsonNode ready = hub.operator().get("/health/ready").json();
            String metrics = hub.operator().get("/metrics").text();

            assertThat(ready.get("status").textValue()).isEqualTo("UP");
            assertThat(ready.at("/registry/issuers").intValue()).isZero();
            assertThat(metrics)
                    .contains("hutong_check_up{check=\"warmUp\",needed=\"true\"} 1")
                    .contains("hutong_step_duration_seconds_count{step=\"judge\"} 0\n")
                    .doesNotContain("hutong_decisions_total{", "hutong_http_requests_total{");
            assertThat(metrics.lines().filter(line -> line.startsWith("hutong_verifications_total{")))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(" 0.0"));
        }
    }
}
