package dev.hutong.hub.http;

import dev.hutong.hub.clients.AccessTokens;
import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.clients.Role;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request, by its access token (RFC 6750). Nobody is turned away here: what is open to all stays so, whatever token
 * comes with it. {@link #require} stands before what is not.
 */
public final class TokenGate implements Handler<RoutingContext> {
    private static final String REALM = "Bearer realm=\"hutong\"";
    private static final String SCHEME = "bearer ";
    private static final String FAULT = TokenGate.class.getName();

    private final AccessTokens tokens;

    public TokenGate(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void handle(RoutingContext context) {
        Callers.set(context, caller(context));
        context.next();
    }

    private Caller caller(RoutingContext context) {
        List<String> headers = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.isEmpty()) {
            return Caller.NOBODY;
        }
        String header = headers.getFirst();
        // Two of them would leave it to chance which one somebody on the way has looked at.
        if (headers.size() > 1 || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return nobody(context, "One header Authorization with a Bearer token is expected");
        }
        return switch (tokens.read(header.substring(SCHEME.length()), () -> ClientCertificates.of(context.request()))) {
            case AccessTokens.Reading.Good(Caller caller) -> caller;
            case AccessTokens.Reading.Bad(String why) -> nobody(context, why);
        };
    }

    private static Caller nobody(RoutingContext context, String fault) {
        context.put(FAULT, fault);
        return Caller.NOBODY;
    }

    /** Lets a request through that is made in one of these capacities, and answers every other one (RFC 6750 §3). */
    static Handler<RoutingContext> require(Set<Role> roles) {
        String scope = roles.stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(" "));
        return context -> {
            Caller caller = Callers.of(context);
            if (caller.isOneOf(roles)) {
                context.next();
            } else if (caller.equals(Caller.NOBODY)) {
                answerNobody(context);
            } else {
                challenge(context, REALM + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
                new Problem(
                                ProblemType.NOT_PERMITTED,
                                "This is for clients with the role " + scope.replace(" ", " or ")
                                        + ", and the token of " + caller.id() + " has none of it.")
                        .answer(context.response());
            }
        };
    }

    private static void answerNobody(RoutingContext context) {
        @Nullable String fault = context.get(FAULT);
        if (fault == null) {
            challenge(context, REALM);
            Problem.of(ProblemType.TOKEN_MISSING).answer(context.response());
        } else {
            challenge(context, REALM + ", error=\"invalid_token\", error_description=\"" + fault + "\"");
            new Problem(ProblemType.TOKEN_INVALID, fault + ". " + ProblemType.TOKEN_INVALID.remedy())
                    .answer(context.response());
        }
    }

    private static void challenge(RoutingContext context, String challenge) {
        context.response().putHeader(Routes.WWW_AUTHENTICATE, challenge);
    }
}
