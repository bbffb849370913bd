package dev.hutong.hub.http;

import dev.hutong.hub.federation.FederationAnswer;
import dev.hutong.hub.federation.FederationAnswer.Fault;
import dev.hutong.hub.federation.FederationAnswer.Given;
import dev.hutong.hub.federation.FederationAnswer.Refused;
import dev.hutong.hub.federation.FederationStatements;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * The hub as trust anchor of its issuers, as OpenID Federation 1.0 has it. Its clients read errors in the form of that specification, so
 * these are no problem documents. Parameters that are not known are ignored, which it demands too.
 */
public final class FederationOperations implements Operations {
    private static final String STATEMENT = "application/entity-statement+jwt";
    private static final String RESOLVED = "application/resolve-response+jwt";
    private static final String KEYS = "application/jwk-set+jwt";

    private final FederationStatements statements;

    public FederationOperations(FederationStatements statements) {
        this.statements = statements;
    }

    @Override
    public void mount(Routes routes) {
        routes.get(
                        "/.well-known/openid-federation",
                        context -> answer(context, STATEMENT, new Given(statements.ownConfiguration())))
                .get(
                        "/federation/issuers/:id/.well-known/openid-federation",
                        context -> answer(context, STATEMENT, statements.configurationOf(context.pathParam("id"))))
                .get("/federation/fetch", context -> answer(context, STATEMENT, fetch(context)))
                .get("/federation/list", context -> answer(context, MediaTypes.JSON, list(context)))
                .get("/federation/resolve", context -> answer(context, RESOLVED, resolve(context)))
                .get(
                        "/federation/historical-keys",
                        context -> answer(context, KEYS, new Given(statements.historicalKeys())));
    }

    private FederationAnswer fetch(RoutingContext context) {
        List<String> subjects = context.queryParam("sub");
        return isOneUrl(subjects)
                ? statements.subordinateStatement(subjects.getFirst())
                : new Refused(Fault.INVALID_REQUEST, "Give sub once: the entity id of an issuer, a URL");
    }

    private FederationAnswer list(RoutingContext context) {
        // "If the responder does not support this feature, it MUST use the HTTP status code 400 and …
        // unsupported_parameter".
        for (String unsupported : List.of("trust_marked", "trust_mark_type")) {
            if (!context.queryParam(unsupported).isEmpty()) {
                return new Refused(
                        Fault.UNSUPPORTED_PARAMETER, "The hub knows no trust marks: leave out " + unsupported);
            }
        }
        return statements.subordinates(
                context.queryParam("entity_type"),
                context.queryParam("intermediate").contains("true"));
    }

    private FederationAnswer resolve(RoutingContext context) {
        List<String> subjects = context.queryParam("sub");
        List<String> trustAnchors = context.queryParam("trust_anchor");
        return isOneUrl(subjects) && !trustAnchors.isEmpty()
                ? statements.resolve(subjects.getFirst(), trustAnchors, context.queryParam("entity_type"))
                : new Refused(
                        Fault.INVALID_REQUEST,
                        "Give sub once, the entity id of an issuer, and trust_anchor, the hub's own entity id");
    }

    private static boolean isOneUrl(List<String> values) {
        try {
            return values.size() == 1 && new URI(values.getFirst()).isAbsolute();
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private static void answer(RoutingContext context, String mediaType, FederationAnswer answer) {
        switch (answer) {
            case Given(String body) -> Routes.answer(context, mediaType, "no-cache", Buffer.buffer(body));
            case Refused(Fault fault, String description) ->
                context.response()
                        .setStatusCode(fault.status())
                        .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.JSON)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(new JsonObject()
                                .put("error", fault.code())
                                .put("error_description", description)
                                .toBuffer());
        }
    }
}
