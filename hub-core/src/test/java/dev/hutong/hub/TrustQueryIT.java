package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Delegation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Trust Registry Query Protocol 2.0: who may issue what, now and then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustQueryIT {
    private static final String HUB = "https://hub.example";
    private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

    private FederatedProvinces provinces;
    private TestHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        MovableClock clock = new MovableClock(NOW);
        provinces = new FederatedProvinces(data, HUB, NOW, clock);
        hub = TestHub.start(TestHub.config(data).withPublicUrl(URI.create(HUB)), clock);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    static ObjectNode question(String action) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("entity_id", Codes.GUANGDONG)
                .put("authority_id", HUB)
                .put("action", action)
                .put("resource", action.equals("delegate") ? "suikangma" : "yuekangma");
    }

    private static ObjectNode about(String entity, String format, Instant time) {
        ObjectNode question = question("issue").put("entity_id", entity).put("resource", format);
        question.putObject("context").put("time", time.toString());
        return question;
    }

    static Exchange ask(TestHub hub, String path, JsonNode question) {
        return hub.verifier()
                .send(
                        "POST",
                        path,
                        question.toString().getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", "application/json"));
    }

    private JsonNode answered(String path, JsonNode question) {
        Exchange exchange = ask(hub, path, question);
        assertThat(exchange.status()).as(exchange.text()).isEqualTo(200);
        return exchange.json();
    }

    private boolean authorized(JsonNode question) {
        return answered("/authorization", question).get("authorized").booleanValue();
    }

    @Test
    void anIssuerWithAKeyThatMaySignIsAuthorized() {
        JsonNode answer = answered("/authorization", question("issue"));

        assertThat(answer.get("authorized").booleanValue()).isTrue();
        assertThat(answer.get("message").textValue()).contains(Codes.GUANGDONG, "2 key(s)");
        assertThat(answer.get("entity_id").textValue()).isEqualTo(Codes.GUANGDONG);
        assertThat(answer.get("authority_id").textValue()).isEqualTo(HUB);
        assertThat(answer.get("time_evaluated").textValue()).isEqualTo("2026-06-01T08:00:00Z");
        assertThat(answer.has("time_requested")).isFalse();
        assertThat(answer.has("context")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "440000.yuekangma, https://hub.example",
        "https://hub.example/federation/issuers/440000.yuekangma, https://hub.example",
        "440000.yuekangma, registry.example/test"
    })
    void entityAndAuthorityHaveTwoNamesEach(String entity, String authority) {
        assertThat(authorized(question("issue").put("entity_id", entity).put("authority_id", authority)))
                .isTrue();
    }

    @Test
    void anIssuerIsAuthorizedForItsOwnFormatOnly() {
        assertThat(authorized(question("issue").put("resource", "suikangma"))).isFalse();
    }

    @Test
    void aSuspendedIssuerIsNotAuthorizedFromThatInstantOn() {
        Instant before = provinces.suspended.minusSeconds(1);

        assertThat(authorized(about(Codes.HANGZHOU, "hangzhou", before))).isTrue();
        JsonNode answer = answered("/authorization", about(Codes.HANGZHOU, "hangzhou", provinces.suspended));
        assertThat(answer.get("authorized").booleanValue()).isFalse();
        assertThat(answer.get("message").textValue()).contains("suspended");
        assertThat(answer.get("time_requested").textValue()).isEqualTo(provinces.suspended.toString());
        assertThat(answer.at("/context/time").textValue()).isEqualTo(provinces.suspended.toString());
        assertThat(authorized(question("issue").put("entity_id", Codes.HANGZHOU).put("resource", "hangzhou")))
                .isFalse();
    }

    @Test
    void beforeItJoinedAnIssuerWasNotAuthorized() {
        assertThat(authorized(about(Codes.GUANGDONG, "yuekangma", provinces.founded.minusSeconds(1))))
                .isFalse();
        assertThat(authorized(about(Codes.GUANGDONG, "yuekangma", provinces.founded)))
                .isTrue();
    }

    @Test
    void whatTurnedOutLaterIsSaidBesideWhatWasBelievedThen() {
        JsonNode answer =
                answered("/authorization", about(Codes.GUANGDONG, "yuekangma", provinces.suspended.minusSeconds(1)));

        assertThat(answer.get("authorized").booleanValue()).isTrue();
        assertThat(answer.get("message").textValue())
                .contains("3 key(s)", "Since then 1 of them were revoked as compromised");
    }

    @Test
    void aProvinceIsAnAuthorityForThoseBelowItAndNobodyElse() {
        String province = HUB + "/federation/issuers/" + Codes.GUANGDONG;
        ObjectNode city = question("issue").put("entity_id", Codes.GUANGZHOU).put("resource", "suikangma");

        assertThat(authorized(city.put("authority_id", province))).isTrue();
        assertThat(authorized(city.put("authority_id", HUB))).isTrue();
        assertThat(authorized(question("issue")
                        .put("authority_id", province)
                        .put("entity_id", "000000.national")
                        .put("resource", "national")))
                .isFalse();
    }

    @Test
    void whoMayDelegateIsRecognizedAsAnAuthority() {
        ObjectNode question = question("delegate").put("entity_id", HUB + "/federation/issuers/" + Codes.GUANGDONG);

        assertThat(answered("/recognition", question).get("recognized").booleanValue())
                .isTrue();
        assertThat(authorized(question("delegate"))).isTrue();
        assertThat(answered("/recognition", question.put("resource", "yuekangma"))
                        .get("recognized")
                        .booleanValue())
                .isFalse();
        assertThat(ask(hub, "/recognition", question("delegate")).problem()).isEqualTo("not-found");
        assertThat(ask(hub, "/recognition", question("issue")).problem()).isEqualTo("not-found");
    }

    @Test
    void whoMayDelegateIsBoundByAllAboveIt(@TempDir Path data) {
        MovableClock clock = new MovableClock(NOW);
        FederatedProvinces own = new FederatedProvinces(data, HUB, NOW, clock);
        Instant narrow = NOW.minus(Duration.ofHours(1));
        own.log.enact(narrow, delegating(Codes.GUANGZHOU, "4401", 1), own.city);
        own.log.enact(NOW, delegating(Codes.GUANGDONG, "44", 2), own.province);
        own.log.write(clock);
        ObjectNode question = question("delegate").put("entity_id", Codes.GUANGZHOU);
        try (TestHub family = TestHub.start(TestHub.config(data).withPublicUrl(URI.create(HUB)), clock)) {
            assertThat(ask(family, "/authorization", question)
                            .json()
                            .get("authorized")
                            .booleanValue())
                    .isTrue();
            question.putObject("context").put("time", NOW.minusSeconds(1).toString());
            JsonNode then = ask(family, "/authorization", question).json();
            assertThat(then.get("authorized").booleanValue()).isFalse();
            assertThat(then.get("message").textValue())
                    .contains(Codes.GUANGDONG + " may answer for 1 level(s) below it and no more");
        }
    }

    private static Delegate delegating(String issuer, String regions, int depth) {
        return new Delegate(
                new IssuerId(issuer),
                Optional.of(new Delegation(
                        regions, Set.of("suikangma"), Set.of(SignatureAlgorithm.SM2), depth, Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({
        "entity_id, 999999.nobody",
        "entity_id, https://other.example/federation/issuers/440000.yuekangma",
        "authority_id, https://other.example",
        "authority_id, https://hub.example/",
        "authority_id, https://hub.example/federation/issuers/999999.nobody",
        "action, verify",
        "resource, nothing"
    })
    void whatTheRegistryNeverKnewIsNotFound(String member, String value) {
        Exchange exchange = ask(hub, "/authorization", question("issue").put(member, value));

        assertThat(exchange.status()).isEqualTo(404);
        assertThat(exchange.json().get("detail").textValue()).startsWith(member);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-06-01T08:00:00+00:00",
                "2026-06-01",
                "2026-02-30T08:00:00Z",
                "now",
                "2026-06-01T08:00:00.001Z",
                "9999-01-01T00:00:00Z"
            })
    void aTimeThatIsNoneOrStillToComeIsAProblem(String time) {
        ObjectNode question = question("issue");
        question.putObject("context").put("time", time);

        assertThat(ask(hub, "/authorization", question).problem()).isEqualTo("invalid-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"entity_id\":1}",
                "{\"entity_id\":\"a\",\"authority_id\":\"b\",\"action\":\"c\"}",
                "{\"entity_id\":\"a\",\"authority_id\":\"b\",\"action\":\"c\",\"resource\":\"\"}",
                "{\"entity_id\":\"a\",\"authority_id\":\"b\",\"action\":\"c\",\"resource\":\"d\",\"context\":[]}",
                "{\"entity_id\":\"a\",\"authority_id\":\"b\",\"action\":\"c\",\"resource\":\"d\",\"context\":{\"time\":1}}"
            })
    void aRequestThatIsNoneIsAProblem(String body) throws Exception {
        JsonNode json = new ObjectMapper().readTree(body);

        assertThat(ask(hub, "/authorization", json).problem()).isEqualTo("invalid-request");
        assertThat(ask(hub, "/recognition", json).problem()).isEqualTo("invalid-request");
    }

    @Test
    void brokenJsonAndNoBodyAreProblems() {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        assertThat(hub.verifier()
                        .send("POST", "/authorization", "{".getBytes(StandardCharsets.UTF_8), json)
                        .problem())
                .isEqualTo("broken-json");
        assertThat(hub.verifier()
                        .send("POST", "/authorization", new byte[0], json)
                        .problem())
                .isEqualTo("empty-body");
        assertThat(hub.verifier()
                        .send("POST", "/authorization", "{}".getBytes(StandardCharsets.UTF_8), Map.of())
                        .problem())
                .isEqualTo("not-json");
        assertThat(hub.verifier().get("/authorization").status()).isEqualTo(405);
    }

    @Test
    void membersThatAreNotKnownAreIgnoredAndTheRequestIdComesBack() {
        ObjectNode question = question("issue").put("more", 1);
        question.putObject("context").put("time", "").put("locator", "x").put("colour", "red");
        Exchange exchange = hub.verifier()
                .send(
                        "POST",
                        "/authorization",
                        question.toString().getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", "application/json", "X-Request-ID", "42"));

        assertThat(exchange.json().get("authorized").booleanValue()).isTrue();
        assertThat(exchange.json().at("/context/colour").textValue()).isEqualTo("red");
        assertThat(exchange.json().has("time_requested")).isFalse();
        assertThat(exchange.header("X-Request-ID")).isEqualTo("42");
        assertThat(Duration.between(
                        NOW, Instant.parse(exchange.json().get("time_evaluated").textValue())))
                .isZero();
    }
}
