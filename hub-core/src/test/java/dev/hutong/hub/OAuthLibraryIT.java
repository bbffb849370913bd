package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.registry.ClientRole;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An OAuth library that others wrote is told the hub's URL and nothing else, and gets on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OAuthLibraryIT {
    private static final OAuthClient GATE = OAuthClient.of("gate-7", ClientRole.VERIFIER);

    private final InstantSource clock = InstantSource.system();
    private TestHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        TestHub.append(data, clock, List.of(GATE.registered(clock.instant())));
        hub = TestHub.start(TestHub.config(data).withClients(ClientsConfig.REQUIRED), clock);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private AuthorizationServerMetadata metadata() throws Exception {
        return AuthorizationServerMetadata.resolve(new Issuer(hub.hub().url()));
    }

    private TokenResponse ask(URI audience, Scope scope) throws Exception {
        AuthorizationServerMetadata metadata = metadata();
        PrivateKeyJWT authentication = new PrivateKeyJWT(
                new ClientID(GATE.id),
                audience,
                JWSAlgorithm.ES256,
                GATE.key.toPrivateKey(),
                GATE.key.getKeyID(),
                null);
        return TokenResponse.parse(
                new TokenRequest.Builder(metadata.getTokenEndpointURI(), authentication, new ClientCredentialsGrant())
                        .scope(scope)
                        .build()
                        .toHTTPRequest()
                        .send());
    }

    @Test
    void itLearnsHowFromTheMetadata() throws Exception {
        AuthorizationServerMetadata metadata = metadata();
        assertThat(metadata.getTokenEndpointAuthMethods()).containsExactly(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        assertThat(metadata.getTokenEndpointJWSAlgs()).contains(JWSAlgorithm.ES256);
    }

    @Test
    void itGetsATokenAndResolves() throws Exception {
        for (URI audience : List.of(hub.hub().url(), metadata().getTokenEndpointURI())) {
            TokenResponse response = ask(audience, new Scope("verifier"));
            assertThat(response).isInstanceOf(AccessTokenResponse.class);
            BearerAccessToken token =
                    ((AccessTokenResponse) response).getTokens().getBearerAccessToken();
            assertThat(token.getLifetime()).isEqualTo(600);

            HTTPRequest request =
                    new HTTPRequest(HTTPRequest.Method.POST, hub.hub().url().resolve("/v1/resolve"));
            request.setAuthorization(token.toAuthorizationHeader());
            request.setContentType("application/json");
            request.setBody("{\"code\":\"no code\"}");
            HTTPResponse answer = request.send();
            assertThat(answer.getStatusCode()).isEqualTo(200);
            assertThat(answer.getBodyAsJSONObject()).containsEntry("reason", "UNKNOWN_FORMAT");
        }
    }

    @Test
    void itUnderstandsARefusal() throws Exception {
        TokenResponse response = ask(hub.hub().url(), new Scope("operator"));
        assertThat(response.indicatesSuccess()).isFalse();
        assertThat(response.toErrorResponse().getErrorObject().getCode()).isEqualTo("invalid_scope");
        assertThat(ask(URI.create("https://hub.example"), new Scope("verifier"))
                        .toErrorResponse()
                        .getErrorObject()
                        .getCode())
                .isEqualTo("invalid_client");
    }
}
