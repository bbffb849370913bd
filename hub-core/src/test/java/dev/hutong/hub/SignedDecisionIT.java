package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.hutong.conformance.province.ScannedCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signed decisions, verified with what the hub publishes and nothing else. */
class SignedDecisionIT extends RunningHubBase {
    private static final String NOTHING = "{\"code\":\"\"}";

    @Test
    void aSignedDecisionVerifiesWithThePublishedKey() throws Exception {
        Instant issued = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ScannedCode yellow = provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(2, issued));

        SignedJWT token =
                signed(HubClient.request(yellow).put("destination", "330100").put("nonce", "n-1"));

        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(token.getHeader().getType()).isEqualTo(new JOSEObjectType("hutong-decision+jwt"));
        assertThat(token.verify(new ECDSAVerifier(publishedKey(token.getHeader().getKeyID()))))
                .isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("hutong");
        assertThat(claims.getAudience()).containsExactly("330100");
        assertThat(claims.getStringClaim("nonce")).isEqualTo("n-1");
        assertThat(claims.getStringClaim("risk")).isEqualTo("MEDIUM");
        Instant decided = Instant.parse(claims.getStringClaim("decidedAt"));
        assertThat(claims.getIssueTime().toInstant()).isEqualTo(decided.truncatedTo(ChronoUnit.SECONDS));
        Instant validUntil = Instant.parse(claims.getStringClaim("validUntil"));
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(validUntil);
        assertThat(validUntil).as("the code's end and 60 s").isEqualTo(issued.plusSeconds(360));
    }

    @Test
    void aSignedUnknownIsGoodForSixtySeconds() throws Exception {
        var claims = signed(HubClient.request(ScannedCode.ofText("no code"))).getJWTClaimsSet();

        assertThat(claims.getStringClaim("reason")).isEqualTo("UNKNOWN_FORMAT");
        assertThat(claims.getClaim("validUntil")).isNull();
        assertThat(claims.getExpirationTime().toInstant())
                .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(60));
    }

    @Test
    void withoutDestinationAndNonceThereIsNoAudienceAndNoNonce() throws Exception {
        var claims = signed(HubClient.request(ScannedCode.ofText(""))).getJWTClaimsSet();

        assertThat(claims.getClaims()).doesNotContainKeys("aud", "nonce");
    }

    @Test
    void theSignedDecisionIsTheSameObject() throws Exception {
        String request = HubClient.request(ScannedCode.ofText("YKM2:half")).toString();
        JsonNode signed = new ObjectMapper()
                .readTree(SignedJWT.parse(ask(request, "application/jwt").text())
                        .getPayload()
                        .toString());
        JsonNode plain = ask(request, "application/json").json();

        for (String differs : new String[] {"id", "decidedAt", "iss", "iat", "exp"}) {
            ((ObjectNode) signed).remove(differs);
            ((ObjectNode) plain).remove(differs);
        }
        for (JsonNode decision : List.of(signed, plain)) { // digests hold the decision's id
            decision.get("trace").forEach(line -> ((ObjectNode) line).remove("inputs"));
        }
        assertThat(signed).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/jwt                                  | application/jwt
            Application/JWT                                  | application/jwt
            application/json                                 | application/json
            */*                                              | application/json
            application/*                                    | application/json
            text/html                                        | application/json
            application/json, application/jwt                | application/jwt
            application/json, application/jwt;q=0.9          | application/json
            application/json;q=0.5, application/jwt;q=0.9    | application/jwt
            application/jwt;q=0                              | application/json
            application/jwt;q=0.5, */*                       | application/json
            application/jwt, */*;q=0.1                       | application/jwt
            application/jwt;q=0.5, application/*;q=0.8       | application/json
            application/json;q=0.1, application/jwt;q=0.2, */* | application/jwt
            application/jwts                                 | application/json
            ;;;q=x/                                          | application/json
            application/jwt;a="                              | application/jwt
            application/jwt;q=nonsense                       | application/json
            application/jwt;q=0.5;q=                         | application/jwt
            """)
    void acceptSaysWhichFormIsSent(String accept, String mediaType) {
        assertThat(ask(NOTHING, accept).mediaType()).isEqualTo(mediaType);
    }

    @Test
    void theHubPublishesNothingPrivate() {
        assertThat(hub.verifier().get("/.well-known/jwks.json").json().findValues("d"))
                .isEmpty();
    }

    private SignedJWT signed(ObjectNode request) throws Exception {
        return SignedJWT.parse(ask(request.toString(), "application/jwt").text());
    }

    private Exchange ask(String request, String accept) {
        return hub.verifier().resolve(request.getBytes(StandardCharsets.UTF_8), Map.of("Accept", accept));
    }

    private ECKey publishedKey(String kid) throws Exception {
        return JWKSet.parse(hub.verifier().get("/.well-known/jwks.json").text())
                .getKeyByKeyId(kid)
                .toECKey();
    }
}
