package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.registry.ClientRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a token, and who does not. The clock stands still, so that the boundary instants themselves are asked about. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenEndpointIT {
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final OAuthClient GATE = OAuthClient.of("gate-7", ClientRole.VERIFIER, ClientRole.AUDITOR);
    private static final OAuthClient OTHER = OAuthClient.of("other", ClientRole.VERIFIER);
    private static final OAuthClient STRANGER = OAuthClient.of("stranger", ClientRole.VERIFIER);

    private final MovableClock clock = new MovableClock(NOW);
    private TestHub hub;
    private String issuer;

    @BeforeAll
    void start(@TempDir Path data) {
        TestHub.append(data, clock, List.of(GATE.registered(NOW), OTHER.registered(NOW)));
        hub = TestHub.start(TestHub.config(data).withClients(ClientsConfig.REQUIRED), clock);
        issuer = hub.hub().url().toString();
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private JWTClaimsSet.Builder claims() {
        return GATE.claims(hub, clock);
    }

    private Exchange ask(String assertion) {
        return OAuthClient.ask(hub, OAuthClient.request(assertion));
    }

    @Test
    void aRegisteredClientGetsATokenThatOthersCanVerify() throws Exception {
        Exchange answer = ask(GATE.sign(claims().build()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("expires_in").intValue()).isEqualTo(600);
        assertThat(answer.json().get("scope").textValue()).isEqualTo("verifier auditor");
        SignedJWT token = SignedJWT.parse(answer.json().get("access_token").textValue());
        JWKSet keys = JWKSet.parse(hub.verifier().get("/.well-known/jwks.json").text());
        assertThat(token.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                .isTrue();
        assertThat(token.getHeader().getType()).isEqualTo(new JOSEObjectType("at+jwt"));
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(issuer);
        assertThat(claims.getAudience()).containsExactly(issuer);
        assertThat(claims.getSubject()).isEqualTo("gate-7");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("gate-7");
        assertThat(claims.getStringListClaim("roles")).containsExactly("verifier", "auditor");
        assertThat(claims.getIssueTime().toInstant()).isEqualTo(NOW);
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(NOW.plusSeconds(600));
        assertThat(claims.getJWTID()).isNotBlank();
    }

    @Test
    void theTokenEndpointIsAnAudienceToo() {
        assertThat(ask(GATE.sign(claims().audience(issuer + "/oauth2/token").build()))
                        .status())
                .isEqualTo(200);
        assertThat(ask(GATE.sign(claims().audience(List.of(issuer, issuer + "/oauth2/token"))
                                .build()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aClientMayLeaveOutWhichOfItsKeysSigned() {
        assertThat(ask(GATE.sign(new JWSHeader(JWSAlgorithm.ES256), claims().build()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAssertionIsGoodOnce() {
        String assertion = GATE.sign(claims().build());
        assertThat(ask(assertion).status()).isEqualTo(200);
        assertRefused(ask(assertion));
    }

    @Test
    void anAssertionSignedAnewWithTheSameIdentityIsTheSame() {
        JWTClaimsSet claims = claims().jwtID("j-1").build();
        assertThat(ask(GATE.sign(claims)).status()).isEqualTo(200);
        assertRefused(ask(GATE.sign(claims)));
        assertThat(ask(OTHER.sign(OTHER.claims(hub, clock).jwtID("j-1").build()))
                        .status())
                .as("an identity is the client's own")
                .isEqualTo(200);
    }

    @Test
    void theLongestLifeOfAnAssertionIsFiveMinutesAndTheSkew() {
        assertThat(ask(GATE.sign(claims().expirationTime(Date.from(NOW.plusSeconds(360)))
                                .build()))
                        .status())
                .isEqualTo(200);
        assertRefused(ask(GATE.sign(
                claims().expirationTime(Date.from(NOW.plusSeconds(361))).build())));
        assertThat(ask(GATE.sign(claims().expirationTime(Date.from(NOW.plusSeconds(1)))
                                .build()))
                        .status())
                .isEqualTo(200);
        assertRefused(ask(GATE.sign(claims().expirationTime(Date.from(NOW)).build())));
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(GATE.key.getKeyID());
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoGoodAssertionIsRefused() throws Exception {
        Map<String, String> nameToAssertion = new HashMap<>();
        nameToAssertion.put("none", "");
        nameToAssertion.put("no JWT", "abc");
        nameToAssertion.put(
                "a stranger's", STRANGER.sign(STRANGER.claims(hub, clock).build()));
        nameToAssertion.put("another client's key", OTHER.sign(header().build(), claims().build()));
        nameToAssertion.put("another client's key by its own name", OTHER.sign(claims().build()));
        nameToAssertion.put(
                "for another hub",
                GATE.sign(claims().audience("https://hub.example").build()));
        nameToAssertion.put(
                "for another hub too",
                GATE.sign(claims().audience(List.of(issuer, "https://hub.example"))
                        .build()));
        nameToAssertion.put(
                "for this hub with a slash",
                GATE.sign(claims().audience(issuer + "/").build()));
        nameToAssertion.put(
                "for nobody", GATE.sign(claims().audience((String) null).build()));
        nameToAssertion.put(
                "about somebody else", GATE.sign(claims().subject("other").build()));
        nameToAssertion.put(
                "by somebody else", GATE.sign(claims().issuer("other").build()));
        nameToAssertion.put(
                "without an identity", GATE.sign(claims().jwtID(null).build()));
        nameToAssertion.put(
                "with a long identity",
                GATE.sign(claims().jwtID("x".repeat(257)).build()));
        nameToAssertion.put(
                "without an end", GATE.sign(claims().expirationTime(null).build()));
        nameToAssertion.put(
                "an end as text", GATE.sign(claims().claim("exp", "1767600060").build()));
        nameToAssertion.put(
                "an end in milliseconds",
                GATE.sign(claims().claim("exp", NOW.toEpochMilli() + 60_000).build()));
        nameToAssertion.put(
                "of the future",
                GATE.sign(claims().issueTime(Date.from(NOW.plusSeconds(61))).build()));
        nameToAssertion.put(
                "not yet",
                GATE.sign(claims().notBeforeTime(Date.from(NOW.plusSeconds(61))).build()));
        nameToAssertion.put(
                "an access token's type",
                GATE.sign(header().type(new JOSEObjectType("at+jwt")).build(), claims().build()));
        nameToAssertion.put(
                "an embedded key",
                GATE.sign(header().jwk(GATE.key.toPublicJWK()).build(), claims().build()));
        nameToAssertion.put(
                "critical members",
                GATE.sign(
                        header().criticalParams(java.util.Set.of("exp"))
                                .customParam("exp", 1)
                                .build(),
                        claims().build()));
        nameToAssertion.put("HS256 with the public key", hmac());
        nameToAssertion.put(
                "alg none",
                Base64URL.encode("{\"alg\":\"none\"}") + "."
                        + claims().build().toPayload().toBase64URL() + ".");
        String good = GATE.sign(claims().build());
        nameToAssertion.put("another signature", good.substring(0, good.length() - 86) + "A".repeat(86));
        nameToAssertion.put("padding behind it", good + "=");
        nameToAssertion.put("twice one member", twice());
        return nameToAssertion.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> assertRefused(ask(entry.getValue()))));
    }

    private String hmac() throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(GATE.key.getKeyID())
                        .build(),
                claims().build());
        jwt.sign(new MACSigner(GATE.key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        return jwt.serialize();
    }

    private String twice() throws Exception {
        String claims = claims().build().toString().replaceFirst("\\{", "{\"iss\":\"gate-7\",");
        var jws = new com.nimbusds.jose.JWSObject(header().build(), new com.nimbusds.jose.Payload(claims));
        jws.sign(new com.nimbusds.jose.crypto.ECDSASigner(GATE.key));
        return jws.serialize();
    }

    private static void assertRefused(Exchange answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
        assertThat(answer.json().get("error").textValue()).isEqualTo("invalid_client");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void aRequestThatIsNoneIsToldSo() {
        Map<String, String> request = OAuthClient.request(GATE.sign(claims().build()));

        assertError(Map.of(), 400, "invalid_request");
        assertError(with(request, "grant_type", "authorization_code"), 400, "unsupported_grant_type");
        assertError(
                with(request, "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
                401,
                "invalid_client");
        assertError(with(request, "client_id", "other"), 401, "invalid_client");
        String good = OAuthClient.form(request);
        assertThat(OAuthClient.ask(hub, good + "&grant_type=client_credentials", Map.of())
                        .json()
                        .get("error")
                        .textValue())
                .isEqualTo("invalid_request");
        assertThat(OAuthClient.ask(hub, "grant_type=%zz", Map.of())
                        .json()
                        .get("error")
                        .textValue())
                .isEqualTo("invalid_request");
        assertThat(OAuthClient.ask(hub, good + "&x=" + "x".repeat(16 * 1024), Map.of())
                        .json()
                        .get("error")
                        .textValue())
                .isEqualTo("invalid_request");
        Exchange json = OAuthClient.ask(hub, "{}", Map.of("Content-Type", "application/json"));
        assertThat(json.json().get("error").textValue()).isEqualTo("invalid_request");
        Exchange basic = OAuthClient.ask(hub, good, Map.of("Authorization", "Basic Zm9vOmJhcg=="));
        assertThat(basic.status()).isEqualTo(401);
        assertThat(basic.header("www-authenticate")).startsWith("Basic");
    }

    @Test
    void aScopeIsSomeOfTheClientsRoles() {
        assertThat(OAuthClient.ask(hub, with(fresh(), "scope", "verifier"))
                        .json()
                        .get("scope")
                        .textValue())
                .isEqualTo("verifier");
        for (String scope : List.of("operator", "verifier operator", "openid", "VERIFIER")) {
            assertError(with(fresh(), "scope", scope), 400, "invalid_scope");
        }
        assertError(with(fresh(), "resource", "https://hub.example"), 400, "invalid_target");
        assertThat(OAuthClient.ask(hub, with(fresh(), "resource", issuer)).status())
                .isEqualTo(200);
    }

    @Test
    void theMetadataIsThatOfThisHub() {
        var metadata =
                hub.verifier().get("/.well-known/oauth-authorization-server").json();
        assertThat(metadata.get("issuer").textValue()).isEqualTo(issuer);
        assertThat(metadata.get("token_endpoint").textValue()).isEqualTo(issuer + "/oauth2/token");
    }

    @Test
    void everybodyMaySeeWhoIsRegistered() {
        var clients = hub.verifier().get("/v1/registry/clients").json().get("clients");
        assertThat(clients).hasSize(2);
        assertThat(clients.get(0).get("client").textValue()).isEqualTo("gate-7");
        assertThat(clients.get(0).get("origin").textValue()).isEqualTo("local-development");
    }

    private Map<String, String> fresh() {
        return OAuthClient.request(GATE.sign(claims().build()));
    }

    private static Map<String, String> with(Map<String, String> request, String name, String value) {
        Map<String, String> other = new HashMap<>(request);
        other.put(name, value);
        return other;
    }

    private void assertError(Map<String, String> request, int status, String error) {
        Exchange answer = OAuthClient.ask(hub, request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("error").textValue()).isEqualTo(error);
    }
}
