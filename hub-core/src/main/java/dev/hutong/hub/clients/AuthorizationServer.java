package dev.hutong.hub.clients;

import dev.hutong.hub.clients.TokenAnswer.Code;
import dev.hutong.registry.CertificateThumbprint;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.RegisteredClient;
import dev.hutong.registry.RegistrySnapshot;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The hub as an OAuth 2.0 authorization server: gives tokens to registered clients by the client credentials grant (RFC 6749 §4.4), which
 * they authenticate for by {@code private_key_jwt} (RFC 7523).
 */
public final class AuthorizationServer {
    /** Where tokens are asked for, below the hub's name. */
    public static final String TOKEN_PATH = "/oauth2/token";

    private static final String GRANT_TYPE = "client_credentials";
    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final String name;
    private final AccessTokens tokens;
    private final ClientAssertions assertions;

    /**
     * @param name its issuer identifier (RFC 8414 §2): the URL under which it is known
     * @param replay remembers which assertions were used, here and at the hubs that stand beside this one
     */
    public AuthorizationServer(
            String name,
            AccessTokens tokens,
            Supplier<RegistrySnapshot> registry,
            AssertionReplay replay,
            InstantSource clock) {
        this.name = name;
        this.tokens = tokens;
        this.assertions = new ClientAssertions(registry, Set.of(name, name + TOKEN_PATH), replay, clock);
    }

    /** Its issuer identifier. */
    public String name() {
        return name;
    }

    /**
     * Answers a request to the token endpoint. The future fails only where nobody can tell whether an assertion was used before.
     *
     * @param form the body
     * @param certificate the certificate that the connection's other end has shown the key of
     */
    public Future<TokenAnswer> answer(byte[] form, Supplier<Optional<CertificateThumbprint>> certificate) {
        Optional<TokenRequest> read = TokenRequest.read(form);
        if (read.isEmpty()) {
            return refused(Code.INVALID_REQUEST, "The body is no form, or gives a parameter twice");
        }
        TokenRequest request = read.get();
        if (request.get("grant_type").isEmpty()) {
            return refused(Code.INVALID_REQUEST, "grant_type is missing");
        }
        if (!request.get("grant_type").equals(GRANT_TYPE)) {
            return refused(Code.UNSUPPORTED_GRANT_TYPE, "grant_type must be " + GRANT_TYPE);
        }
        if (!request.get("client_assertion_type").equals(ASSERTION_TYPE)) {
            return refused(
                    Code.INVALID_CLIENT,
                    "Authenticate by private_key_jwt: client_assertion_type must be " + ASSERTION_TYPE);
        }
        if (!request.get("resource").isEmpty() && !request.get("resource").equals(name)) {
            return refused(Code.INVALID_TARGET, "resource must be " + name);
        }
        return assertions
                .authenticate(request.get("client_assertion"))
                .map(client -> client.filter(known -> isConsistent(request, known)))
                .map(
                        client -> client.map(known -> answer(known, request, certificate))
                                .orElseGet(
                                        () -> new TokenAnswer.Refused(
                                                Code.INVALID_CLIENT,
                                                "The assertion is not that of a registered client, not for this hub, over, or used already")));
    }

    /** The client that the request names, if it names one, is the one that signed (RFC 7521 §4.2). */
    private static boolean isConsistent(TokenRequest request, RegisteredClient client) {
        String named = request.get("client_id");
        return named.isEmpty() || named.equals(client.id().value());
    }

    private TokenAnswer answer(
            RegisteredClient client, TokenRequest request, Supplier<Optional<CertificateThumbprint>> certificate) {
        Optional<CertificateThumbprint> bound = client.terms().certificate();
        if (bound.isPresent() && !bound.equals(certificate.get())) {
            return new TokenAnswer.Refused(
                    Code.INVALID_CLIENT,
                    "The client is registered with a certificate, and the connection does not show it");
        }
        Set<ClientRole> roles = EnumSet.noneOf(ClientRole.class);
        String scope = request.get("scope");
        if (scope.isEmpty()) {
            roles.addAll(client.roles());
        } else {
            for (String text : scope.split(" ", -1)) {
                Optional<ClientRole> role = ClientRole.of(text).filter(client.roles()::contains);
                if (role.isEmpty()) {
                    return new TokenAnswer.Refused(
                            Code.INVALID_SCOPE,
                            "scope must be of the client's roles: " + AccessTokens.scope(client.roles()));
                }
                roles.add(role.get());
            }
        }
        return new TokenAnswer.Given(tokens.issue(client, roles), AccessTokens.scope(roles));
    }

    private static Future<TokenAnswer> refused(Code code, String description) {
        return Future.succeededFuture(new TokenAnswer.Refused(code, description));
    }
}
