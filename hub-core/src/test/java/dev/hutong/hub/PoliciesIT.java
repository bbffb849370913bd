package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.hub.config.HubConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A destination's own policy judges, and says what it did not get and what to do about it. */
class PoliciesIT extends RunningHubBase {
    @TempDir
    private Path folder;

    private ScannedCode guangzhou(int level) {
        return provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(level, clock.instant()));
    }

    private ScannedCode withPcr(Instant taken) {
        ObjectNode claims = Codes.green(clock.instant());
        claims.putObject("hs").put("jg", "N").put("sj", taken.getEpochSecond());
        return provinces.province(Codes.GUANGDONG).sign(claims);
    }

    private JsonNode resolve(ScannedCode code, String destination) {
        return hub.verifier()
                .resolve(HubClient.request(code).put("destination", destination).toString())
                .json();
    }

    @ParameterizedTest
    @CsvSource({
        "440000,guangdong@1.0.0,MEDIUM", "440100,guangzhou@1.0.0,LOW", "330000,zhejiang@1.0.0,MEDIUM",
        "330100,hangzhou@1.0.0,LOW", "110000,beijing@1.0.0,MEDIUM", "820000,macao@1.0.0,MEDIUM",
        "000000,national@1.0.0,MEDIUM", "440300,default@1.0.0,LOW"
    })
    void aBlueCodeIsEnoughInSomePlacesOnly(String destination, String policy, String risk) {
        JsonNode decision = resolve(guangzhou(0), destination);

        assertThat(decision.get("policy").textValue()).isEqualTo(policy);
        assertThat(decision.get("risk").textValue()).isEqualTo(risk);
        assertThat(decision.get("qualifiers").get(0).textValue()).isEqualTo("SELF_DECLARED");
        assertThat(decision.at("/statements/0/risk").textValue()).isEqualTo("LOW");
    }

    @Test
    void whatIsNotMetStandsInTheTraceAndTheRemedyAnswersIt() {
        JsonNode decision = resolve(guangzhou(1), "110000");

        assertThat(decision.get("risk").textValue()).isEqualTo("MEDIUM");
        JsonNode line = decision.get("trace").get(4);
        assertThat(line.get("outcome").textValue()).isEqualTo("unmet");
        assertThat(line.get("rule").textValue()).isEqualTo("beijing@1.0.0#pcr-within-72-hours");
        assertThat(decision.at("/remedy/en").textValue()).contains("PCR");
        assertThat(decision.at("/remedy/zh-CN").textValue()).contains("核酸");
        assertThat(decision.at("/explanation/en").textValue()).contains("Beijing asks for a negative PCR");
        assertThat(decision.get("appeal").isNull())
                .as("no issuer asserted a yellow")
                .isTrue();
    }

    @Test
    void aGreenLastsNoLongerThanTheTestThatItRestsOn() {
        Instant taken = clock.instant()
                .truncatedTo(ChronoUnit.SECONDS)
                .minus(Duration.ofDays(3))
                .plusSeconds(90);

        JsonNode decision = resolve(withPcr(taken), "110000");

        assertThat(decision.get("risk").textValue()).isEqualTo("LOW");
        assertThat(decision.get("validUntil").textValue())
                .isEqualTo(taken.plus(Duration.ofDays(3)).toString());
        assertThat(resolve(withPcr(taken.minusSeconds(90)), "110000")
                        .get("risk")
                        .textValue())
                .isEqualTo("MEDIUM");
    }

    @Test
    void policiesAreListedWithWhatTheyAskFor() {
        JsonNode policies = hub.verifier().get("/v1/policies").json().get("policies");

        assertThat(policies.findValuesAsText("policy"))
                .containsExactly(
                        "beijing", "default", "guangdong", "guangzhou", "hangzhou", "macao", "national", "zhejiang");
        JsonNode macao = policies.get(5);
        assertThat(macao.get("destinations").toString()).isEqualTo("[\"820000\"]");
        assertThat(macao.get("demands").findValuesAsText("kind")).containsExactly("greenOnly", "negativePcr");
        assertThat(macao.get("clearedBy").isNull()).isTrue();
        assertThat(policies.get(1).get("destinations")).isEmpty();
    }

    @Test
    void anOperatorsOwnPolicyJudges() throws IOException {
        Files.writeString(folder.resolve("shenzhen.yaml"), """
                policy: shenzhen
                version: 1.0.0
                title: { zh-CN: 深圳市政策, en: Shenzhen }
                destinations: ["440300"]
                demands:
                  - id: not-self-declared
                    refuse: [SELF_DECLARED]
                    text: { zh-CN: 不接受仅凭本人申报的状态, en: A declaration alone is not enough }
                    remedy: { zh-CN: 请出示绿码, en: Show a green code }
                """);
        Files.writeString(folder.resolve("shenzhen.examples.yaml"), """
                now: "2026-01-05T08:00:00Z"
                examples:
                  - name: a green
                    statements: [{ issuer: 440100.suikangma, risk: LOW }]
                    gives: { risk: LOW }
                  - name: a declaration
                    statements: [{ issuer: 440100.suikangma, risk: LOW, qualifiers: [SELF_DECLARED] }]
                    gives: { risk: MEDIUM, unmet: [not-self-declared] }
                """);
        HubConfig config = TestHub.config(folder.resolve("data")).withPolicies(folder);
        TestHub.append(config.data(), clock, TestHub.registrationOf(provinces, clock.instant()));
        try (TestHub other = TestHub.start(config, clock)) {
            JsonNode decision = other.verifier()
                    .resolve(HubClient.request(guangzhou(0))
                            .put("destination", "440300")
                            .toString())
                    .json();

            assertThat(decision.get("policy").textValue()).isEqualTo("shenzhen@1.0.0");
            assertThat(decision.get("risk").textValue()).isEqualTo("MEDIUM");
        }
    }

    @Test
    void aPolicyWithoutExamplesKeepsAHubFromStarting() throws IOException {
        Files.writeString(folder.resolve("shenzhen.yaml"), """
                policy: shenzhen
                version: 1.0.0
                title: { zh-CN: 深圳市政策, en: Shenzhen }
                destinations: ["440300"]
                """);
        HubConfig config = TestHub.config(folder.resolve("data")).withPolicies(folder);

        assertThatExceptionOfType(HubStartException.class)
                .isThrownBy(() -> TestHub.start(config, clock))
                .withMessageContaining("shenzhen.examples.yaml: is missing");
    }

    @Test
    void aPolicyThatCannotBeUsedKeepsAHubFromStarting() throws IOException {
        Files.writeString(folder.resolve("shenzhen.yaml"), "policy: shenzhen\nversion: 1.0.0\ndemand: []\n");
        HubConfig config = TestHub.config(folder.resolve("data")).withPolicies(folder);

        assertThatExceptionOfType(HubStartException.class)
                .isThrownBy(() -> TestHub.start(config, clock))
                .withMessageContaining("shenzhen.yaml");
    }

    @Test
    void whoHoldsAYellowForWrongTurnsToWhoAssertedIt() {
        JsonNode decision = resolve(guangzhou(2), "330100");

        assertThat(List.of(
                        decision.at("/appeal/issuer").textValue(),
                        decision.at("/appeal/region").textValue()))
                .containsExactly(Codes.GUANGZHOU, "440100");
        assertThat(decision.at("/appeal/en").textValue()).isNotBlank();
        assertThat(resolve(guangzhou(1), "330100").get("appeal").isNull()).isTrue();
    }
}
