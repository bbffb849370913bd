package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What a hub finds to look after, in its answer and in its metrics. */
class LintIT extends RunningHubBase {
    @Test
    void aDevelopmentRegistryWithKeysWithoutAnEndIsWeakAndSaysSo() {
        JsonNode report = hub.verifier().get("/v1/registry/lint").json();
        assertThat(report.get("findings")).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.get("kind").textValue()).isEqualTo("WEAK");
            assertThat(finding.get("remedy").textValue()).isNotBlank();
        });
        assertThat(report.get("findings").get(0).get("detail").textValue()).contains("development registry");
    }

    @Test
    void theMetricsCountTheSameFindings() {
        int findings =
                hub.verifier().get("/v1/registry/lint").json().get("findings").size();
        assertThat(hub.operator().get("/metrics").text())
                .contains("hutong_registry_lint_findings{kind=\"weak\"} " + (double) findings)
                .contains("hutong_registry_lint_findings{kind=\"expiring\"} 0.0")
                .containsPattern("hutong_registry_log_entries [1-9]")
                .containsPattern("hutong_registry_confirmed_age_seconds [0-9]")
                .contains("hutong_registry_proposals{stage=\"unconfirmed\"} 0.0");
    }
}
