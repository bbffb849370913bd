package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.registry.ClientRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/** Spring Security's OAuth client, as a province's program would have it, is told the hub's URL, its own id and key, and gets on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringSecurityIT {
    private static final OAuthClient GATE = OAuthClient.of("gate-7", ClientRole.VERIFIER);
    private static final OAuthClient STRANGER = OAuthClient.of("gate-7", ClientRole.VERIFIER);

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

    private OAuth2AccessTokenResponse ask(OAuthClient client, String scope) {
        ClientRegistration registration = ClientRegistrations.fromIssuerLocation(
                        hub.hub().url().toString())
                .clientId(client.id)
                .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(scope)
                .build();
        RestClientClientCredentialsTokenResponseClient asking = new RestClientClientCredentialsTokenResponseClient();
        asking.addParametersConverter(new NimbusJwtClientAuthenticationParametersConverter<>(registered -> client.key));
        return asking.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration));
    }

    @Test
    void itGetsATokenAndResolves() {
        OAuth2AccessTokenResponse response = ask(GATE, "verifier");

        assertThat(response.getAccessToken().getScopes()).containsExactly("verifier");
        Exchange answer = hub.verifier()
                .resolve(
                        "{\"code\":\"no code\"}".getBytes(StandardCharsets.UTF_8),
                        OAuthClient.bearer(response.getAccessToken().getTokenValue()));
        assertThat(answer.decided()).isEqualTo("UNKNOWN_FORMAT");
    }

    @Test
    void itUnderstandsARefusal() {
        assertThatThrownBy(() -> ask(GATE, "operator"))
                .isInstanceOfSatisfying(
                        OAuth2AuthorizationException.class,
                        refusal -> assertThat(refusal.getError().getErrorCode()).isEqualTo("invalid_scope"));
        // It reads the code of a 400 alone; RFC 6749 §5.2 has 401 for this one, which it hands on as it came.
        assertThatThrownBy(() -> ask(STRANGER, "verifier"))
                .isInstanceOf(OAuth2AuthorizationException.class)
                .hasMessageContainingAll("401", "\"error\":\"invalid_client\"");
    }
}
