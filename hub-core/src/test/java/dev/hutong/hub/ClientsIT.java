package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.ClientTerms;
import dev.hutong.registry.RegistryEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub that authenticates its clients: who may ask what, and what each is shown. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsIT {
    private static final OAuthClient GATE = OAuthClient.of("gate-7", ClientRole.VERIFIER);
    private static final OAuthClient AUDITING_GATE =
            OAuthClient.of("audited-gate", ClientRole.VERIFIER, ClientRole.AUDITOR);
    private static final OAuthClient AUDITOR = OAuthClient.of("auditor", ClientRole.AUDITOR);
    private static final OAuthClient ZHEJIANG = OAuthClient.of(
            "zhejiang",
            new ClientTerms("Zhejiang", Set.of(ClientRole.VERIFIER), Set.of("33"), Set.of(), Optional.empty()));
    private static final OAuthClient HOSPITAL = OAuthClient.of(
            "hospital",
            new ClientTerms(
                    "Hospital", Set.of(ClientRole.VERIFIER), Set.of(), Set.of("hospital-admission"), Optional.empty()));

    private final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private Path data;
    private VirtualProvinces provinces;
    private TestHub hub;

    @BeforeAll
    void start(@TempDir Path folder) {
        data = folder;
        provinces = VirtualProvinces.startDemo(clock);
        List<RegistryEvent> events = new ArrayList<>(TestHub.registrationOf(provinces, clock.instant()));
        for (OAuthClient client : List.of(GATE, AUDITING_GATE, AUDITOR, ZHEJIANG, HOSPITAL)) {
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

    private ObjectNode yellow() {
        return HubClient.request(provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(2, clock.instant())));
    }

    private Exchange resolve(ObjectNode request, Map<String, String> headers) {
        return hub.verifier().resolve(request.toString().getBytes(StandardCharsets.UTF_8), headers);
    }

    private Exchange resolve(String token) {
        return resolve(yellow(), OAuthClient.bearer(token));
    }

    @Test
    void withoutATokenNobodyResolves() {
        Exchange answer = resolve(yellow(), Map.of());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("token-missing");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer realm=\"hutong\"");
        assertThat(hub.verifier().get("/v1/bundle").status()).isEqualTo(401);
        Exchange translate = hub.verifier()
                .send(
                        "POST",
                        "/v1/translate",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", "application/json"));
        assertThat(translate.status()).isEqualTo(401);
    }

    /** Row 10 of what others got wrong: whoever reached the hub was whoever he said in a header. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Client-Id", "X-Forwarded-User", "X-SSL-Client-DN", "X-SSL-Client-SHA256", "From"})
    void whoeverSaysInAHeaderWhoHeIsIsNobody(String header) {
        Exchange answer = resolve(yellow(), Map.of(header, "gate-7"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("token-missing");
    }

    @Test
    void whatIsPublicStaysSoWhateverTokenComesWithIt() {
        Map<String, String> bad = Map.of("Authorization", "Bearer nonsense");
        for (String path : List.of(
                "/v1/formats",
                "/v1/policies",
                "/v1/issuers",
                "/v1/registry/snapshot",
                "/v1/registry/clients",
                "/log/checkpoint",
                "/.well-known/jwks.json",
                "/.well-known/oauth-authorization-server")) {
            assertThat(hub.verifier().get(path).status()).as(path).isEqualTo(200);
            assertThat(hub.verifier().send("GET", path, new byte[0], bad).status())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void aGateIsShownWhatItComesToAndNotHow() {
        Exchange answer = resolve(GATE.token(hub, clock));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.decided()).isEqualTo("MEDIUM");
        assertThat(answer.json().has("remedy")).isTrue();
        assertThat(answer.json().has("appeal")).isTrue();
        assertThat(answer.json().has("trace")).isFalse();
        assertThat(answer.json().has("statements")).isFalse();
    }

    /** 张*, synthetic, as the issuer masked it. */
    private ObjectNode named() {
        return HubClient.request(provinces
                .province(Codes.GUANGZHOU)
                .sign(Codes.atLevel(2, clock.instant()).put("xm", "张*")));
    }

    @Test
    void whoWasRegisteredForAPurposeIsShownTheMaskedNameForThatPurposeAlone() {
        Map<String, String> hospital = OAuthClient.bearer(HOSPITAL.token(hub, clock));
        assertThat(resolve(named().put("purpose", "hospital-admission"), hospital)
                        .json()
                        .get("maskedName")
                        .textValue())
                .isEqualTo("张*");
        assertThat(resolve(yellow().put("purpose", "hospital-admission"), hospital)
                        .json()
                        .get("maskedName")
                        .isNull())
                .isTrue();
        assertThat(resolve(named().put("purpose", "curiosity"), hospital).json().has("maskedName"))
                .isFalse();
        assertThat(resolve(named(), hospital).json().has("maskedName")).isFalse();
        assertThat(resolve(
                                named().put("purpose", "hospital-admission"),
                                OAuthClient.bearer(AUDITING_GATE.token(hub, clock)))
                        .json()
                        .has("maskedName"))
                .isFalse();
    }

    @Test
    void anAuditorIsShownHow() {
        Exchange answer = resolve(AUDITING_GATE.token(hub, clock));
        assertThat(answer.json().get("trace")).isNotEmpty();
        assertThat(answer.json().get("statements")).hasSize(1);
    }

    @Test
    void aSignedAnswerIsForTheClientThatAsked() throws Exception {
        String token = GATE.token(hub, clock);
        Map<String, String> headers = new HashMap<>(OAuthClient.bearer(token));
        headers.put("Accept", "application/jwt");
        var claims = SignedJWT.parse(
                        resolve(yellow().put("destination", "330100"), headers).text())
                .getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("gate-7");
        assertThat(claims.getClaims()).doesNotContainKeys("trace", "statements");
        assertThat(claims.getStringClaim("destination")).isEqualTo("330100");
    }

    @Test
    void aTranslationShowsAGateNoMoreThanADecisionDoes() {
        Exchange answer = hub.verifier()
                .send(
                        "POST",
                        "/v1/translate",
                        yellow().put("to", "yuekangma").toString().getBytes(StandardCharsets.UTF_8),
                        headers(GATE));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("decision").has("trace")).isFalse();
    }

    private Map<String, String> headers(OAuthClient client) {
        Map<String, String> headers = new HashMap<>(OAuthClient.bearer(client.token(hub, clock)));
        headers.put("Content-Type", "application/json");
        return headers;
    }

    @Test
    void whoIsNoVerifierDoesNotResolve() {
        Exchange answer = resolve(AUDITOR.token(hub, clock));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("not-permitted");
        assertThat(answer.header("www-authenticate"))
                .isEqualTo("Bearer realm=\"hutong\", error=\"insufficient_scope\", scope=\"verifier\"");
    }

    @Test
    void aTokenForLessIsGoodForLess() {
        Map<String, String> request = OAuthClient.request(
                AUDITING_GATE.sign(AUDITING_GATE.claims(hub, clock).build()));
        request.put("scope", "verifier");
        String token = OAuthClient.ask(hub, request).json().get("access_token").textValue();
        assertThat(resolve(token).json().has("trace")).isFalse();
    }

    @Test
    void aClientAsksForItsRegionsOnly() {
        Map<String, String> headers = headers(ZHEJIANG);
        assertThat(resolve(yellow().put("destination", "330100"), headers).status())
                .isEqualTo(200);
        for (String elsewhere : List.of("440100", "310000", "", "3")) {
            Exchange answer = resolve(yellow().put("destination", elsewhere), headers);
            assertThat(answer.status()).as(elsewhere).isEqualTo(403);
        }
        assertThat(resolve(yellow(), headers).status())
                .as("nowhere in particular")
                .isEqualTo(403);
        byte[] translation = yellow().put("to", "yuekangma")
                .put("destination", "440100")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        assertThat(hub.verifier()
                        .send("POST", "/v1/translate", translation, headers)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aTokenEndsAfterTenMinutes() {
        String token = GATE.token(hub, clock);
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(resolve(token).status()).isEqualTo(200);
        clock.advance(Duration.ofMillis(1));
        assertRefused(token, "has expired");
    }

    @Test
    void whatThisHubDidNotGiveAsAnAccessTokenIsNone() throws Exception {
        SignedJWT good = SignedJWT.parse(GATE.token(hub, clock));
        ECKey tokenKey = ECKey.parse(Files.readString(data.resolve("token-key.jwk.json")));
        JWSHeader header = good.getHeader();

        assertThat(resolve(signed(header, good, tokenKey)).status())
                .as("the token key signs it")
                .isEqualTo(200);
        assertRefused("", "with a Bearer token is expected");
        assertRefused("nonsense", "none that this hub gave");
        assertRefused(signed(header, good, GATE.key), "none that this hub gave");
        ECKey hubKey = ECKey.parse(Files.readString(data.resolve("hub-key.jwk.json")));
        JWSHeader byHub = new JWSHeader.Builder(header)
                .keyID(hubKey.computeThumbprint().toString())
                .build();
        assertRefused(signed(byHub, good, hubKey), "none that this hub gave");
        for (String type : List.of("JWT", "AT+JWT", "application/at+jwt", "hutong-decision+jwt")) {
            JWSHeader other =
                    new JWSHeader.Builder(header).type(new JOSEObjectType(type)).build();
            assertRefused(signed(other, good, tokenKey), "none that this hub gave");
        }
        JWSHeader withoutType = new JWSHeader.Builder(header).type(null).build();
        assertRefused(signed(withoutType, good, tokenKey), "none that this hub gave");
        JWSHeader withMore = new JWSHeader.Builder(header.getAlgorithm())
                .keyID(header.getKeyID())
                .type(header.getType())
                .customParam("x", "y")
                .build();
        assertRefused(signed(withMore, good, tokenKey), "none that this hub gave");
        assertRefused(
                Base64URL.encode("{\"alg\":\"none\",\"kid\":\"" + header.getKeyID() + "\",\"typ\":\"at+jwt\"}") + "."
                        + good.getPayload().toBase64URL() + ".",
                "none that this hub gave");
        JWSObject hmac = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(header.getKeyID())
                        .type(header.getType())
                        .build(),
                good.getPayload());
        hmac.sign(new MACSigner(tokenKey.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        assertRefused(hmac.serialize(), "none that this hub gave");
        for (String claim : List.of("iss", "aud", "client_id")) {
            assertRefused(
                    signed(
                            header,
                            good.getPayload()
                                    .toString()
                                    .replaceFirst(
                                            "\"" + claim + "\":\"[^\"]*\"",
                                            "\"" + claim + "\":\"https://hub.example\""),
                            tokenKey),
                    "none that this hub gave");
        }
    }

    @Test
    void aDecisionOfTheHubIsNoToken() {
        Map<String, String> headers = new HashMap<>(headers(GATE));
        headers.put("Accept", "application/jwt");
        assertRefused(resolve(yellow(), headers).text(), "none that this hub gave");
    }

    @Test
    void anotherSchemeIsNoToken() {
        Exchange answer = resolve(yellow(), Map.of("Authorization", "Basic Zm9vOmJhcg=="));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(resolve(yellow(), Map.of("Authorization", "bEARER " + GATE.token(hub, clock)))
                        .status())
                .as("RFC 9110 §11.1: schemes are case-insensitive")
                .isEqualTo(200);
    }

    private static String signed(JWSHeader header, SignedJWT token, ECKey key) throws Exception {
        return signed(header, token.getPayload().toString(), key);
    }

    private static String signed(JWSHeader header, String payload, ECKey key) throws Exception {
        JWSObject jws = new JWSObject(header, new com.nimbusds.jose.Payload(payload));
        jws.sign(new ECDSASigner(key));
        return jws.serialize();
    }

    private void assertRefused(String token, String why) {
        Exchange answer = resolve(token);
        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("token-invalid");
        assertThat(answer.header("www-authenticate")).contains("error=\"invalid_token\"", why);
    }
}
