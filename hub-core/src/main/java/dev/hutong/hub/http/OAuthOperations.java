package dev.hutong.hub.http;

import dev.hutong.hub.clients.AccessTokens;
import dev.hutong.hub.clients.AuthorizationServer;
import dev.hutong.hub.clients.Role;
import dev.hutong.hub.clients.TokenAnswer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where clients get their tokens, and learn how (RFC 6749 §4.4, RFC 8414). */
public final class OAuthOperations implements Operations {
    /** An assertion of a few hundred octets and a handful of words. */
    static final int LARGEST_FORM = 16 * 1024;

    private static final String KEYS_PATH = "/.well-known/jwks.json";

    private final AuthorizationServer server;
    private final JsonObject metadata;
    private final QuotaGate quotas;

    /** @param mutualTls whether the hub asks for certificates, so that tokens can be bound to them (RFC 8705) */
    public OAuthOperations(AuthorizationServer server, boolean mutualTls, QuotaGate quotas) {
        this.server = server;
        this.quotas = quotas;
        this.metadata = metadata(server.name(), mutualTls);
    }

    @Override
    public void mount(Routes routes) {
        routes.postForm(AuthorizationServer.TOKEN_PATH, LARGEST_FORM, quotas.ofTokens(this::token))
                .get(
                        "/.well-known/oauth-authorization-server",
                        context -> Routes.answer(context, MediaTypes.JSON, "no-cache", metadata.toBuffer()));
    }

    private static JsonObject metadata(String name, boolean mutualTls) {
        return new JsonObject()
                .put("issuer", name)
                .put("token_endpoint", name + AuthorizationServer.TOKEN_PATH)
                .put("jwks_uri", name + KEYS_PATH)
                .put(
                        "scopes_supported",
                        new JsonArray(Arrays.stream(Role.values())
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .toList()))
                // Required (RFC 8414 §2), and none, since there is no authorization endpoint.
                .put("response_types_supported", new JsonArray())
                .put("grant_types_supported", new JsonArray().add("client_credentials"))
                .put("token_endpoint_auth_methods_supported", new JsonArray().add("private_key_jwt"))
                .put("token_endpoint_auth_signing_alg_values_supported", new JsonArray(List.of("ES256", "EdDSA")))
                .put("tls_client_certificate_bound_access_tokens", mutualTls);
    }

    private void token(RoutingContext context, byte[] form) {
        if (context.request().headers().contains(HttpHeaders.AUTHORIZATION)
                && !isBearer(context.request().getHeader(HttpHeaders.AUTHORIZATION))) {
            // RFC 6749 §5.2: a client that tried this header is told by the header's own counterpart.
            context.response().putHeader(Routes.WWW_AUTHENTICATE, "Basic realm=\"hutong\"");
            answer(
                    context,
                    new TokenAnswer.Refused(
                            TokenAnswer.Code.INVALID_CLIENT, "Authenticate by private_key_jwt, in the body alone"));
            return;
        }
        server.answer(form, () -> ClientCertificates.of(context.request()))
                .onSuccess(answer -> answer(context, answer))
                .onFailure(context::fail);
    }

    /** Some clients send what token they have with every request. */
    private static boolean isBearer(String header) {
        return header.regionMatches(true, 0, "bearer ", 0, "bearer ".length());
    }

    private static void answer(RoutingContext context, TokenAnswer answer) {
        JsonObject body = switch (answer) {
            case TokenAnswer.Given given ->
                new JsonObject()
                        .put("access_token", given.token())
                        .put("token_type", "Bearer")
                        .put("expires_in", AccessTokens.LIFETIME.toSeconds())
                        .put("scope", given.scope());
            case TokenAnswer.Refused refused -> {
                context.response().setStatusCode(refused.code().status());
                yield new JsonObject()
                        .put("error", refused.code().text())
                        .put("error_description", refused.description());
            }
        };
        Routes.answer(context, MediaTypes.JSON, "no-store", body.toBuffer());
    }
}
