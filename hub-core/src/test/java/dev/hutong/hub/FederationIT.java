package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.openid.connect.sdk.federation.api.EntityListingRequest;
import com.nimbusds.openid.connect.sdk.federation.api.EntityListingResponse;
import com.nimbusds.openid.connect.sdk.federation.api.ResolveResponse;
import com.nimbusds.openid.connect.sdk.federation.api.ResolveStatement;
import com.nimbusds.openid.connect.sdk.federation.entities.EntityID;
import com.nimbusds.openid.connect.sdk.federation.entities.EntityStatementClaimsSet;
import com.nimbusds.openid.connect.sdk.federation.entities.EntityType;
import com.nimbusds.openid.connect.sdk.federation.trust.ResolveException;
import com.nimbusds.openid.connect.sdk.federation.trust.TrustChain;
import com.nimbusds.openid.connect.sdk.federation.trust.TrustChainResolver;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.StrictJson;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Delegation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
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

/** An OpenID Federation client that others wrote takes the hub for the trust anchor of its issuers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FederationIT {
    private static final EntityType ISSUER = new EntityType("health_code_issuer");

    private final InstantSource clock = InstantSource.system();
    private final PrivateJwk former = FoundedLog.key(SignatureAlgorithm.ES256);
    private String anchor;
    private FederatedProvinces provinces;
    private TestHub hub;
    private JWKSet anchorKeys;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        int port = freePort();
        anchor = "http://127.0.0.1:" + port;
        provinces = new FederatedProvinces(data, anchor, clock.instant().truncatedTo(ChronoUnit.SECONDS), clock);
        Files.writeString(
                data.resolve("federation-key.former-2026-01-05.jwk.json"),
                former.toJson().toString());
        Files.writeString(
                data.resolve("federation-key.compromised-2026-01-04.jwk.json"),
                FoundedLog.key(SignatureAlgorithm.ES256).publicJwk().toJson().toString());
        hub = TestHub.start(TestHub.config(data).withPort(port), clock);
        anchorKeys = anchorKeys(data);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** As a client gets them: out of band, not from the hub's own configuration. */
    private static JWKSet anchorKeys(Path data) throws Exception {
        return new JWKSet(ECKey.parse(Files.readString(data.resolve("federation-key.jwk.json")))
                .toPublicJWK());
    }

    private String entity(String issuer) {
        return anchor + "/federation/issuers/" + issuer;
    }

    private static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private TrustChain chainOf(String issuer) throws ResolveException {
        return new TrustChainResolver(Map.of(new EntityID(anchor), anchorKeys), 5000, 5000)
                .resolveTrustChains(new EntityID(entity(issuer)))
                .getShortest();
    }

    private EntityStatementClaimsSet saidOf(String issuer) throws ResolveException {
        return chainOf(issuer).getSuperiorStatements().getFirst().getClaimsSet();
    }

    @Test
    void aClientOfAnotherMakeResolvesAProvincesChainToTheHub() throws Exception {
        TrustChain chain = chainOf(Codes.GUANGDONG);
        EntityStatementClaimsSet said = saidOf(Codes.GUANGDONG);

        assertThat(chain.length()).isEqualTo(1);
        assertThat(chain.getTrustAnchorEntityID()).isEqualTo(new EntityID(anchor));
        assertThat(chain.getLeafConfiguration().getClaimsSet().getJWKSet().getKeys())
                .extracting(key -> key.getKeyID())
                .containsExactly(provinces.federationKey.publicJwk().kid());
        assertThat(chain.resolveExpirationTime().toInstant())
                .isBetween(
                        clock.instant().plus(Duration.ofMinutes(59)),
                        clock.instant().plus(Duration.ofMinutes(60)));
        assertThat(said.getMetadata(ISSUER))
                .containsEntry("issuer", Codes.GUANGDONG)
                .containsEntry("region", "440000");
    }

    @Test
    void theHubsStatementHoldsTheKeysOfTheProvincesCodes() {
        JsonNode said = claims("/federation/fetch?sub=" + query(entity(Codes.GUANGDONG)))
                .at("/metadata/health_code_issuer");

        assertThat(said.at("/jwks/keys").findValuesAsText("kid"))
                .containsExactly(provinces.province.publicJwk().kid());
        assertThat(said.at("/jwks_sm2/keys").findValuesAsText("kid"))
                .containsExactly(provinces.provinceSm2.publicJwk().kid());
        assertThat(said.at("/historical_keys").findValuesAsText("kid"))
                .containsExactly(provinces.provinceLost.publicJwk().kid());
        assertThat(said.at("/historical_keys/0/revoked/reason").textValue()).isEqualTo("compromised");
        assertThat(said.at("/historical_keys/0/revoked/revoked_at").longValue())
                .isEqualTo(provinces.suspended.getEpochSecond());
        assertThat(said.has("delegated_by")).isFalse();
    }

    @Test
    void aCityThatSignsWithSm2AloneTakesPartLikeAnyOther() throws Exception {
        assertThat(saidOf(Codes.GUANGZHOU).getMetadata(ISSUER))
                .containsEntry("delegated_by", entity(Codes.GUANGDONG))
                .containsKey("jwks_sm2");
        assertThat(claims("/federation/fetch?sub=" + query(entity(Codes.GUANGZHOU)))
                        .at("/jwks/keys")
                        .findValuesAsText("kty"))
                .containsExactly("EC");
    }

    @Test
    void aSuspendedIssuersChainDoesNotResolve() {
        assertThatThrownBy(() -> chainOf(Codes.HANGZHOU))
                .isInstanceOf(ResolveException.class)
                .hasMessageContaining("404 not_found");
        assertThat(hub.verifier()
                        .get("/federation/issuers/" + Codes.HANGZHOU + "/.well-known/openid-federation")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aChainThatResolvedNoLongerDoesOnceItsIssuerIsSuspended(@TempDir Path data) throws Exception {
        int port = freePort();
        String there = "http://127.0.0.1:" + port;
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        FederatedProvinces own = new FederatedProvinces(data, there, now, clock);
        TestHub.start(TestHub.config(data).withPort(port), clock).close();
        TrustChainResolver resolver = new TrustChainResolver(Map.of(new EntityID(there), anchorKeys(data)), 5000, 5000);
        EntityID city = new EntityID(there + "/federation/issuers/" + Codes.GUANGZHOU);
        try (TestHub before = TestHub.start(TestHub.config(data).withPort(port), clock)) {
            assertThat(resolver.resolveTrustChains(city).getShortest().length()).isEqualTo(1);
            assertThat(before.verifier().get("/federation/list").json()).hasSize(2);
        }
        own.log.enact(now, new SuspendIssuer(new IssuerId(Codes.GUANGDONG)), own.log.anna);
        own.log.write(clock);
        try (TestHub after = TestHub.start(TestHub.config(data).withPort(port), clock)) {
            assertThatThrownBy(() -> resolver.resolveTrustChains(city)).hasMessageContaining("404 not_found");
            assertThat(after.verifier().get("/federation/list").json()).isEmpty();
        }
    }

    @Test
    void aKeyThatAnIssuerAboveMayNoLongerAnswerForIsNotVouchedFor(@TempDir Path data) {
        String there = "https://hub.example";
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        FederatedProvinces own = new FederatedProvinces(data, there, now, clock);
        Delegation narrowed =
                new Delegation("44", Set.of("suikangma"), Set.of(SignatureAlgorithm.ES256), 1, Optional.empty());
        own.log.enact(now, new Delegate(new IssuerId(Codes.GUANGDONG), Optional.of(narrowed)), own.province);
        own.log.write(clock);
        try (TestHub narrower = TestHub.start(TestHub.config(data).withPublicUrl(URI.create(there)), clock)) {
            String city = there + "/federation/issuers/" + Codes.GUANGZHOU;
            JsonNode said = payload(narrower.verifier()
                            .get("/federation/fetch?sub=" + query(city))
                            .text())
                    .at("/metadata/health_code_issuer");
            assertThat(said.at("/jwks/keys")).isEmpty();
            assertThat(said.has("jwks_sm2")).isFalse();
            assertThat(narrower.verifier()
                            .get("/v1/issuers/" + Codes.GUANGZHOU + "/jwks.json")
                            .json()
                            .get("keys"))
                    .isEmpty();
        }
    }

    @Test
    void anIssuerUnderAnotherHubsNameIsNoSubordinate(@TempDir Path data) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        FederatedProvinces elsewhere = new FederatedProvinces(data, "https://other.example", now, clock);
        assertThat(elsewhere.now).isEqualTo(now);
        try (TestHub here =
                TestHub.start(TestHub.config(data).withPublicUrl(URI.create("https://hub.example/hutong")), clock)) {
            assertThat(here.verifier().get("/federation/list").json()).isEmpty();
            assertThat(payload(here.verifier()
                                    .get("/.well-known/openid-federation")
                                    .text())
                            .get("sub")
                            .textValue())
                    .isEqualTo("https://hub.example/hutong");
            assertThat(here.verifier()
                            .get("/federation/issuers/" + Codes.GUANGDONG + "/.well-known/openid-federation")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void theListHoldsThoseThatCanBeFetched() throws Exception {
        assertThat(hub.verifier().get("/federation/list").json())
                .extracting(JsonNode::textValue)
                .containsExactly(entity(Codes.GUANGDONG), entity(Codes.GUANGZHOU));
        assertThat(EntityListingResponse.parse(new EntityListingRequest(URI.create(anchor + "/federation/list"), ISSUER)
                                .toHTTPRequest()
                                .send())
                        .toSuccessResponse()
                        .getEntityListing())
                .hasSize(2);
        for (String empty : new String[] {"?intermediate=true", "?entity_type=openid_provider"}) {
            assertThat(hub.verifier().get("/federation/list" + empty).json()).isEmpty();
        }
        assertThat(hub.verifier()
                        .get("/federation/list?unknown=1&intermediate=false")
                        .json())
                .hasSize(2);
    }

    @Test
    void theHubResolvesAChainForThoseWhoCannot() throws Exception {
        String path = "/federation/resolve?sub=" + query(entity(Codes.GUANGDONG)) + "&trust_anchor=" + query(anchor);
        ResolveStatement statement = ResolveResponse.parse(
                        new HTTPRequest(HTTPRequest.Method.GET, URI.create(anchor + path)).send())
                .toSuccessResponse()
                .getResolveStatement();
        statement.verifySignature(anchorKeys);
        TrustChain chain = statement.getClaimsSet().getTrustChain();
        chain.verifySignatures(anchorKeys);

        JsonNode claims = claims(path);
        assertThat(claims.get("exp").longValue() - claims.get("iat").longValue())
                .isEqualTo(3600);
        assertThat(claims.at("/metadata/health_code_issuer/issuer").textValue()).isEqualTo(Codes.GUANGDONG);
        assertThat(claims("%s&entity_type=federation_entity".formatted(path))
                        .get("metadata")
                        .fieldNames())
                .toIterable()
                .containsExactly("federation_entity");
    }

    @Test
    void theHubsFormerKeysAreSignedByItsPresentOne() throws Exception {
        String body = hub.verifier().get("/federation/historical-keys").text();
        JWSObject signed = JWSObject.parse(body);

        assertThat(signed.verify(
                        new ECDSAVerifier(anchorKeys.getKeys().getFirst().toECKey())))
                .isTrue();
        assertThat(signed.getHeader().getType().getType()).isEqualTo("jwk-set+jwt");
        JsonNode keys = payload(body).get("keys");
        assertThat(keys).hasSize(2);
        assertThat(keys.get(0).at("/revoked/reason").textValue()).isEqualTo("compromised");
        assertThat(keys.get(1).get("kid").textValue())
                .isEqualTo(former.publicJwk().kid());
        assertThat(keys.get(1).get("exp").longValue())
                .isEqualTo(Instant.parse("2026-01-06T00:00:00Z").getEpochSecond());
        assertThat(keys.get(1).has("d")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/federation/fetch, 400, invalid_request",
        "/federation/fetch?sub=, 400, invalid_request",
        "/federation/fetch?sub=440000.yuekangma, 400, invalid_request",
        "/federation/fetch?sub=ENTITY/440000.yuekangma&sub=ENTITY/440000.yuekangma, 400, invalid_request",
        "/federation/fetch?sub=ANCHOR, 400, invalid_request",
        "/federation/fetch?sub=https://other.example, 404, not_found",
        "/federation/fetch?sub=ENTITY/999999.nobody, 404, not_found",
        "/federation/fetch?sub=ENTITY/000000.national, 404, not_found",
        "/federation/fetch?sub=ENTITY/330100.hangzhou, 404, not_found",
        "/federation/list?trust_marked=true, 400, unsupported_parameter",
        "/federation/list?trust_mark_type=x, 400, unsupported_parameter",
        "/federation/resolve?sub=ENTITY/440000.yuekangma, 400, invalid_request",
        "/federation/resolve?trust_anchor=ANCHOR, 400, invalid_request",
        "/federation/resolve?sub=ENTITY/440000.yuekangma&trust_anchor=https://other.example, 404, invalid_trust_anchor",
        "/federation/resolve?sub=ENTITY/330100.hangzhou&trust_anchor=ANCHOR, 404, invalid_subject",
        "/federation/resolve?sub=ENTITY/999999.nobody&trust_anchor=ANCHOR, 404, not_found",
        "/federation/issuers/000000.national/.well-known/openid-federation, 404, not_found",
        "/federation/issuers/nobody/.well-known/openid-federation, 404, not_found"
    })
    void whatCannotBeAnsweredIsToldInTheProtocolsOwnForm(String path, int status, String error) {
        Exchange exchange = hub.verifier()
                .get(path.replace("ENTITY", anchor + "/federation/issuers").replace("ANCHOR", anchor));

        assertThat(exchange.status()).isEqualTo(status);
        assertThat(exchange.mediaType()).isEqualTo("application/json");
        assertThat(exchange.json().get("error").textValue()).isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/openid-federation", "/federation/list", "/federation/historical-keys"})
    void thereIsNothingToPost(String path) {
        assertThat(hub.verifier().send("POST", path, new byte[0], Map.of()).status())
                .isEqualTo(405);
        assertThat(hub.verifier().send("HEAD", path, new byte[0], Map.of()).status())
                .isEqualTo(200);
    }

    @Test
    void aRegistryThatCannotBeConfirmedIsNotVouchedFor(@TempDir Path data) {
        MovableClock moved = new MovableClock(clock.instant());
        FederatedProvinces own = new FederatedProvinces(data, "https://hub.example", moved.instant(), moved);
        assertThat(own.now).isEqualTo(moved.instant());
        var config = TestHub.config(data);
        try (TestHub stale =
                TestHub.start(config.withRegistry(config.registry().withPoll(Duration.ofMinutes(5))), moved)) {
            moved.advance(config.registry().maxAge().plusMillis(1));
            Exchange exchange = stale.verifier().get("/federation/list");
            assertThat(exchange.status()).isEqualTo(503);
            assertThat(exchange.json().get("error").textValue()).isEqualTo("temporarily_unavailable");
            assertThat(TrustQueryIT.ask(stale, "/authorization", TrustQueryIT.question("issue"))
                            .problem())
                    .isEqualTo("stale-registry");
        }
    }

    private JsonNode claims(String path) {
        return payload(hub.verifier().get(path).text());
    }

    private static JsonNode payload(String jws) {
        return StrictJson.read(Base64.getUrlDecoder().decode(jws.split("\\.", -1)[1]))
                .orElseThrow();
    }
}
