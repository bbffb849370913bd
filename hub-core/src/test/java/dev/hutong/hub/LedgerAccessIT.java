package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.ClientTerms;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RegistryEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told what of decisions afterwards, on a hub that authenticates its clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerAccessIT {
    private static final OAuthClient GATE = OAuthClient.of("gate", ClientRole.VERIFIER);
    private static final OAuthClient OTHER_GATE = OAuthClient.of("other-gate", ClientRole.VERIFIER);
    private static final OAuthClient GUANGDONG = issuer("guangdong", Codes.GUANGDONG);
    private static final OAuthClient GUANGZHOU = issuer("guangzhou", Codes.GUANGZHOU);
    private static final OAuthClient NO_ISSUER = OAuthClient.of("no-issuer", ClientRole.ISSUER);
    private static final OAuthClient AUDITOR = OAuthClient.of("auditor", ClientRole.AUDITOR);
    private static final OAuthClient AUDITOR_OF_GUANGZHOU = OAuthClient.of(
            "auditor-of-guangzhou",
            new ClientTerms("Guangzhou", Set.of(ClientRole.AUDITOR), Set.of("4401"), Set.of(), Optional.empty()));
    private static final OAuthClient AUDITING_GATE = OAuthClient.of(
            "auditing-gate",
            new ClientTerms(
                    "Hangzhou",
                    Set.of(ClientRole.VERIFIER, ClientRole.AUDITOR),
                    Set.of("3301"),
                    Set.of(),
                    Optional.empty()));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-15T08:00:00Z"));
    private VirtualProvinces provinces;
    private TestHub hub;

    private static OAuthClient issuer(String client, String issuer) {
        return OAuthClient.of(
                client,
                new ClientTerms(client, Set.of(ClientRole.ISSUER), Set.of(), Set.of(), Optional.empty())
                        .speakingFor(Optional.of(new IssuerId(issuer))));
    }

    @BeforeAll
    void start(@TempDir Path data) {
        provinces = VirtualProvinces.startDemo(clock);
        List<RegistryEvent> events = new ArrayList<>(TestHub.registrationOf(provinces, clock.instant()));
        for (OAuthClient client : List.of(
                GATE, OTHER_GATE, GUANGDONG, GUANGZHOU, NO_ISSUER, AUDITOR, AUDITOR_OF_GUANGZHOU, AUDITING_GATE)) {
            events.add(client.registered(clock.instant()));
        }
        TestHub.append(data, clock, events);
        hub = TestHub.start(TestHub.config(data).withClients(ClientsConfig.REQUIRED), clock);
    }

    @AfterAll
    void stop() {
        hub.close();
        provinces.close();
    }

    private Exchange send(String method, OAuthClient client, String path, String body) {
        Map<String, String> headers = new HashMap<>(OAuthClient.bearer(client.token(hub, clock)));
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        return hub.verifier().send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private Exchange get(OAuthClient client, String path) {
        return send("GET", client, path, "");
    }

    private String decided(OAuthClient client, ObjectNode request) {
        Exchange answer = send("POST", client, "/v1/resolve", request.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return "/v1/decisions/" + answer.json().get("id").textValue();
    }

    private ObjectNode red() {
        return HubClient.request(provinces
                .province(Codes.GUANGDONG)
                .sign(Codes.green(clock.instant()).put("mz", "R")));
    }

    private ObjectNode yellow() {
        return HubClient.request(provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(2, clock.instant())));
    }

    private String appealed(OAuthClient client, String decision) {
        Exchange answer = send("POST", client, decision + "/appeals", "{\"ground\":\"OUTDATED\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().get("id").textValue();
    }

    private List<String> appeals(OAuthClient client, String query) {
        Exchange answer = get(client, "/v1/appeals" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("appeals").findValuesAsText("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/proof"})
    void aVerifierSeesItsOwnDecisionsAndNobodyElses(String what) {
        String own = decided(GATE, red());
        String others = decided(OTHER_GATE, red());

        assertThat(get(GATE, own + what).status()).isEqualTo(200);
        assertThat(get(GATE, others + what).problem()).isEqualTo("not-found");
        assertThat(get(OTHER_GATE, others + what).status()).isEqualTo(200);
        assertThat(get(OTHER_GATE, own + what).problem()).isEqualTo("not-found");
    }

    @Test
    void whatIsNotTheCallersIsAnsweredAsWhatIsNotThere() {
        String others = decided(OTHER_GATE, red());

        JsonNode hidden = get(GATE, others).json();
        JsonNode missing = get(GATE, "/v1/decisions/01KD8M6RZ0T9V6R2J3Q4W5X7YZ").json();

        for (String member : List.of("type", "status", "title", "detail")) {
            assertThat(hidden.get(member)).as(member).isEqualTo(missing.get(member));
        }
    }

    @Test
    void aVerifierAppealsAgainstItsOwnDecisionsOnly() {
        String others = decided(OTHER_GATE, red());

        Exchange appeal = send("POST", GATE, others + "/appeals", "{\"ground\":\"OUTDATED\"}");

        assertThat(appeal.problem()).isEqualTo("not-found");
    }

    @Test
    void anAuditorSeesAllDecisionsAndTheirProofs() {
        for (String decision : List.of(decided(GATE, red()), decided(OTHER_GATE, yellow()))) {
            assertThat(get(AUDITOR, decision).status()).isEqualTo(200);
            assertThat(get(AUDITOR, decision + "/proof").status()).isEqualTo(200);
        }
    }

    @Test
    void aStrangerSeesNothing() {
        String decision = decided(GATE, red());
        for (String path :
                List.of(decision, decision + "/proof", "/v1/appeals", "/v1/appeals?issuer=440000.yuekangma")) {
            Exchange answer = hub.verifier().get(path);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("token-missing");
        }
    }

    @Test
    void anIssuerSeesNoDecision() {
        String decision = decided(GATE, red());
        for (String path : List.of(decision, decision + "/proof")) {
            assertThat(get(GUANGDONG, path).problem()).as(path).isEqualTo("not-permitted");
        }
    }

    @Test
    void anIssuerSeesTheAppealsAgainstWhatItAssertedAndNoOthers() {
        String againstGuangdong = appealed(GATE, decided(GATE, red()));
        String againstGuangzhou = appealed(OTHER_GATE, decided(OTHER_GATE, yellow()));

        for (String query : List.of("", "?issuer=" + Codes.GUANGDONG)) {
            assertThat(appeals(GUANGDONG, query)).contains(againstGuangdong).doesNotContain(againstGuangzhou);
        }
        assertThat(appeals(GUANGZHOU, "")).contains(againstGuangzhou).doesNotContain(againstGuangdong);
        assertThat(get(GUANGDONG, "/v1/appeals?issuer=" + Codes.GUANGZHOU).problem())
                .isEqualTo("not-found");
        assertThat(appeals(NO_ISSUER, "")).isEmpty();
        assertThat(get(NO_ISSUER, "/v1/appeals?issuer=" + Codes.GUANGDONG).problem())
                .isEqualTo("not-found");
        assertThat(get(GATE, "/v1/appeals").problem()).isEqualTo("not-permitted");
        assertThat(appeals(AUDITOR, "?issuer=" + Codes.GUANGDONG)).contains(againstGuangdong);
        assertThat(appeals(AUDITOR, "?issuer=" + Codes.GUANGZHOU)).contains(againstGuangzhou);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "440100,true",
                "440106,true",
                "440000,false",
                "440200,false",
                "330100,false",
                "4401,false",
                "null,false"
            })
    void anAuditorOfARegionSeesWhatWasDecidedAndAppealedForIt(@Nullable String destination, boolean isSeen) {
        String decision = decided(GATE, destination == null ? red() : red().put("destination", destination));
        assertThat(get(AUDITOR_OF_GUANGZHOU, decision).status()).isEqualTo(isSeen ? 200 : 404);
        assertThat(get(AUDITOR_OF_GUANGZHOU, decision + "/proof").status()).isEqualTo(isSeen ? 200 : 404);
        assertThat(get(AUDITOR, decision).status()).isEqualTo(200);
        // A region that is none has no policy, and nothing to contest.
        if (get(GATE, decision).json().get("contestable").isNull()) {
            return;
        }
        String appeal = appealed(GATE, decision);
        String query = "?issuer=" + Codes.GUANGDONG;
        assertThat(appeals(AUDITOR_OF_GUANGZHOU, query).contains(appeal)).isEqualTo(isSeen);
        assertThat(appeals(AUDITOR, query)).contains(appeal);
        assertThat(appeals(GUANGDONG, query)).contains(appeal);
    }

    @Test
    void whoAuditsARegionSeesItsOwnDecisionsAndOthersOfTheRegion() {
        assertThat(get(AUDITING_GATE, decided(AUDITING_GATE, red().put("destination", "330100")))
                        .status())
                .isEqualTo(200);
        assertThat(get(AUDITING_GATE, decided(GATE, red().put("destination", "330106")))
                        .status())
                .isEqualTo(200);
        assertThat(get(AUDITING_GATE, decided(GATE, red().put("destination", "440100")))
                        .status())
                .isEqualTo(404);
    }
}
