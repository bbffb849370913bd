package dev.hutong.hub.clients;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.ClientId;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a client sends to a token endpoint: a form with an assertion that it signs (RFC 7523 §2.2). The other side of {@link AuthorizationServer}. */
public final class TokenForm {
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private TokenForm() {}

    /**
     * The form's body, good once and for a minute.
     *
     * @param audience the authorization server's issuer identifier
     * @param scope some of the client's roles with spaces between; all where absent
     */
    public static String of(ClientId client, PrivateJwk key, String audience, Optional<String> scope, Instant now) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", client.value())
                .put("sub", client.value())
                .put("aud", audience)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFETIME).getEpochSecond())
                .put("jti", UUID.randomUUID().toString());
        String assertion = new CompactJwsSigner(key, SignatureProviders.choose()).sign("JWT", claims);
        return "grant_type=client_credentials"
                + "&client_assertion_type=" + encoded(AuthorizationServer.ASSERTION_TYPE)
                + "&client_assertion=" + assertion
                + scope.map(text -> "&scope=" + encoded(text)).orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
