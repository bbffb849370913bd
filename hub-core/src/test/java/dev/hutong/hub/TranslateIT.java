package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.hutong.conformance.demo.Person;
import dev.hutong.conformance.demo.Scenario;
import dev.hutong.conformance.province.ScannedCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions in other formats' words, over the wire; every exchange is checked against the contract. */
class TranslateIT extends RunningHubBase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> RISKS = List.of("LOW", "MEDIUM", "HIGH");

    @Test
    void aTranslationVerifiesWithTheHubsKeyAsATokenOfTheTarget() throws Exception {
        Instant issued = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ScannedCode yellow = provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(2, issued));
        JsonNode answer = translated(yellow, "yuekangma");

        SignedJWT token = SignedJWT.parse(answer.get("token").textValue());
        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(token.getHeader().getType().getType()).isEqualTo("ykm+jwt");
        assertThat(token.getHeader().toJSONObject()).containsOnlyKeys("alg", "kid", "typ");
        assertThat(token.verify(new ECDSAVerifier(JWKSet.parse(
                                hub.verifier().get("/.well-known/jwks.json").text())
                        .getKeyByKeyId(token.getHeader().getKeyID())
                        .toECKey())))
                .isTrue();
        JsonNode claims = answer.get("claims");
        assertThat(JSON.readTree(token.getPayload().toString())).isEqualTo(claims);
        assertThat(claims.get("mz").textValue()).isEqualTo("Y");
        assertThat(claims.get("iss").textValue()).isEqualTo("hutong");
        assertThat(claims.at("/act/iss").textValue()).isEqualTo(Codes.GUANGZHOU);
        assertThat(claims.get("jti").textValue())
                .isEqualTo(answer.at("/decision/id").textValue());
        assertThat(Instant.ofEpochSecond(claims.get("exp").longValue()))
                .as("the code's own end")
                .isEqualTo(issued.plusSeconds(300));
        assertThat(answer.get("to").textValue()).isEqualTo("yuekangma");
        assertThat(answer.get("writtenBy").textValue()).isEqualTo("yuekangma@1.0.0");
    }

    @Test
    void aBlueCodeIsRefusedInHangzhouAndNothingIsSigned() {
        ScannedCode blue = provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(0, clock.instant()));
        JsonNode answer = translated(blue, "hangzhou");

        assertThat(answer.at("/decision/risk").textValue()).isEqualTo("LOW");
        assertThat(answer.get("token").isNull()).isTrue();
        assertThat(answer.get("claims").isNull()).isTrue();
        assertThat(answer.at("/refused/field").textValue()).isEqualTo("qualifiers");
        assertThat(answer.at("/refused/from").textValue()).isEqualTo("SELF_DECLARED");
    }

    @Test
    void anUnknownIsNeverTranslated() {
        JsonNode answer = translated(ScannedCode.ofText("no code"), "yuekangma");

        assertThat(answer.at("/decision/reason").textValue()).isEqualTo("UNKNOWN_FORMAT");
        assertThat(answer.at("/refused/from").textValue()).isEqualTo("UNKNOWN");
        assertThat(answer.get("token").isNull()).isTrue();
    }

    @Test
    void yellowIntoTwoColoursIsRedWithALoss() {
        ScannedCode yellow = provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(2, clock.instant()));
        JsonNode answer = translate(
                        HubClient.request(yellow).put("to", "yuekangma").put("vocabulary", 1))
                .json();

        assertThat(answer.at("/claims/mz").textValue()).isEqualTo("R");
        assertThat(answer.get("losses").get(0).get("field").textValue()).isEqualTo("risk");
        assertThat(answer.get("losses").get(0).get("to").textValue()).isEqualTo("HIGH");
    }

    @Test
    void aCodeOfAPlatformIsWrittenAsASignedTextAndKeepsItsInputHashWhereThereIsOne() throws Exception {
        ScannedCode orange = provinces
                .province(Codes.HANGZHOU)
                .virtualPlatform()
                .issue(Codes.record("orange", clock.instant().minusSeconds(600)))
                .scanned();

        assertThat(translated(orange, "suikangma").at("/claims/lv").intValue()).isEqualTo(3);
        JsonNode same = translated(orange, "hangzhou").get("claims");
        assertThat(same.at("/data/level").textValue()).isEqualTo("orange");
        assertThat(same.get("inputHash").textValue())
                .isEqualTo(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(orange.bytes())));
    }

    @Test
    void thePseudonymIsAnotherEachTimeAndNeverTheHolders() {
        ObjectNode claims = Codes.green(clock.instant()).put("xm", "陈*明");
        ScannedCode green = provinces.province(Codes.GUANGDONG).sign(claims);
        JsonNode one = translated(green, "suikangma").get("claims");
        JsonNode other = translated(green, "suikangma").get("claims");

        assertThat(one.get("sub")).isNotEqualTo(other.get("sub")).isNotEqualTo(claims.get("sub"));
        assertThat(one.toString())
                .doesNotContain("陈")
                .doesNotContain(claims.get("jti").textValue());
    }

    @TestFactory
    Stream<DynamicTest> everyPersonOfTheDemoInEveryFormat() {
        Scenario scenario = Scenario.demo(provinces, clock);
        return scenario.people().stream()
                .flatMap(person -> Stream.of("hangzhou", "national", "suikangma", "yuekangma")
                        .map(to -> DynamicTest.dynamicTest(
                                person.holder() + " → " + to, () -> assertNoBetter(scenario, person, to))));
    }

    private void assertNoBetter(Scenario scenario, Person person, String to) throws Exception {
        JsonNode request = JSON.readTree(scenario.request(person, scenario.issue(person)));
        ObjectNode asked = ((ObjectNode) request).put("to", to);
        JsonNode answer = translate(asked).json();
        JsonNode decision = answer.get("decision");

        assertThat(decision.get("risk").textValue()).isEqualTo(person.expect().risk());
        if (answer.get("refused").isNull()) {
            assertThat(decision.get("risk").textValue()).isNotEqualTo("UNKNOWN");
            assertThat(Instant.ofEpochSecond(answer.at("/claims/exp").longValue()))
                    .isBeforeOrEqualTo(Instant.parse(decision.get("validUntil").textValue()));
            for (JsonNode loss : answer.get("losses")) {
                if (loss.get("field").textValue().equals("risk")) {
                    assertThat(RISKS.indexOf(loss.get("to").textValue()))
                            .isGreaterThan(RISKS.indexOf(loss.get("from").textValue()));
                }
            }
        } else {
            assertThat(answer.get("token").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"code":""}                                        | «to» is the id of a format
            {"code":"","to":7}                                 | «to» is the id of a format
            {"code":"","to":"atlantis"}                        | none that can be written now
            {"code":"","to":"yuekangma","vocabulary":3}        | yuekangma (vocabularies [2, 1])
            {"code":"","to":"hangzhou","vocabulary":1}         | none that can be written now
            {"code":"","to":"hangzhou","vocabulary":"1"}       | «vocabulary» is a whole number
            {"code":"","to":"hangzhou","nonce":"n"}            | members is none that there is
            {"to":"hangzhou"}                                  | «code» (text), «codeBytes»
            {"code":"","codeBytes":"","to":"hangzhou"}         | and no two
            []                                                 | not a JSON object
            """)
    void whatIsNoRequestIsToldWhy(String body, String told) {
        Exchange exchange = send(body);

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.problem()).isEqualTo("invalid-request");
        assertThat(exchange.json().get("detail").textValue()).contains(told);
    }

    @Test
    void brokenJsonAndNoBodyAreToldAsInResolve() {
        assertThat(send("{").problem()).isEqualTo("broken-json");
        assertThat(send("").problem()).isEqualTo("empty-body");
        assertThat(send("{\"to\":\"hangzhou\",\"to\":\"national\",\"code\":\"\"}")
                        .problem())
                .isEqualTo("broken-json");
    }

    private JsonNode translated(ScannedCode code, String to) {
        Exchange exchange = translate(HubClient.request(code).put("to", to));
        assertThat(exchange.status()).isEqualTo(200);
        return exchange.json();
    }

    private Exchange translate(ObjectNode request) {
        return send(request.toString());
    }

    private Exchange send(String body) {
        return hub.verifier()
                .send(
                        "POST",
                        "/v1/translate",
                        body.getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", "application/json"));
    }
}
