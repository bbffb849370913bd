package dev.hutong.hub.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.clients.Role;
import dev.hutong.hub.ledger.AppealGround;
import dev.hutong.hub.ledger.AuditLedger;
import dev.hutong.hub.ledger.DerivedTrace;
import dev.hutong.hub.ledger.LedgerReader.Found;
import dev.hutong.hub.ledger.LedgerStoreException;
import dev.hutong.hub.ledger.LedgerUnavailableException;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.StrictJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told of decisions afterwards: to the verifier who asked and to auditors the record and its proof, to auditors the steps too, to
 * issuers the appeals against what they asserted. A decision that is not the caller's does not exist for it; an auditor's are those for
 * its regions, and one for no destination is for an auditor of all regions alone.
 */
public final class LedgerOperations implements Operations {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerOperations.class);
    private static final String DECISION = "/v1/decisions/:id";
    private static final String ISSUER = "issuer";

    private final AuditLedger ledger;

    public LedgerOperations(AuditLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void mount(Routes routes) {
        routes.get(DECISION, context -> withRecord(context, found -> answer(context, told(context, found))))
                .get(
                        DECISION + "/proof",
                        context -> withRecord(
                                context,
                                found -> answer(
                                        context,
                                        Buffer.buffer(found.proof().toJson().toString()))))
                .post(DECISION + "/appeals", this::appeal)
                .get("/v1/appeals", this::appeals);
    }

    private void withRecord(RoutingContext context, Consumer<Found> use) {
        Caller caller = Callers.of(context);
        context.vertx()
                .executeBlocking(() -> ledger.reader().find(context.pathParam("id")), false)
                .onSuccess(found -> found.filter(record -> mayRead(caller, record.json()))
                        .ifPresentOrElse(
                                use,
                                () -> new Problem(
                                                ProblemType.NOT_FOUND,
                                                "There is no decision of this id that this client asked for.")
                                        .answer(context.response())))
                .onFailure(failure -> answerFailure(context, failure));
    }

    private static boolean mayRead(Caller caller, JsonNode record) {
        return record.path("kind").asText().equals("decision")
                && (record.path("verifier").asText().equals(caller.id()) || mayAudit(caller, record));
    }

    /** Whether it is of the auditor's regions. */
    private static boolean mayAudit(Caller caller, JsonNode record) {
        return caller.is(Role.AUDITOR)
                && caller.mayAskFor(record.path("destination").textValue());
    }

    private static Buffer told(RoutingContext context, Found found) {
        return Buffer.buffer(Callers.of(context).is(Role.AUDITOR) ? DerivedTrace.with(found) : found.octets());
    }

    private void appeal(RoutingContext context, byte[] body) {
        Optional<AppealGround> ground = ground(body);
        if (ground.isEmpty()) {
            new Problem(
                            ProblemType.INVALID_REQUEST,
                            "Send {\"ground\": …}, one of " + Arrays.toString(AppealGround.values())
                                    + ", and nothing else: the ledger holds no words about a person.")
                    .answer(context.response());
            return;
        }
        withRecord(context, found -> {
            JsonNode contestable = found.json().path("contestable");
            if (contestable.isObject()) {
                appeal(context, found.json(), ground.get());
            } else {
                Problem.of(ProblemType.NO_APPEAL).answer(context.response());
            }
        });
    }

    private static Optional<AppealGround> ground(byte[] body) {
        return StrictJson.read(body)
                .filter(json -> json.isObject() && json.size() == 1)
                .flatMap(json -> Arrays.stream(AppealGround.values())
                        .filter(ground ->
                                ground.name().equals(json.path("ground").textValue()))
                        .findFirst());
    }

    private void appeal(RoutingContext context, JsonNode decision, AppealGround ground) {
        String issuer = decision.path("contestable").path(ISSUER).asText();
        ledger.appeal(Callers.of(context), decision, ground)
                .onSuccess(id -> {
                    context.response().setStatusCode(201);
                    answer(
                            context,
                            Buffer.buffer("{\"id\":\"" + id + "\",\"issuer\":\"" + issuer + "\",\"ground\":\"" + ground
                                    + "\"}"));
                })
                .onFailure(failure -> answerFailure(context, failure));
    }

    /** Of the issuer that the client speaks for, or, for its regions, of any that an auditor names. */
    private void appeals(RoutingContext context) {
        Caller caller = Callers.of(context);
        String named = context.request().getParam(ISSUER);
        List<String> own = caller.issuer().map(IssuerId::value).stream().toList();
        boolean isOwn = caller.is(Role.ISSUER) && (named == null || own.contains(named));
        if (!isOwn && (named == null || !caller.is(Role.AUDITOR))) {
            new Problem(ProblemType.NOT_FOUND, "There are no appeals that this client may see.")
                    .answer(context.response());
            return;
        }
        List<String> issuers = named == null ? own : List.of(named);
        context.vertx()
                .executeBlocking(() -> ledger.reader().appeals(issuers), false)
                .onSuccess(appeals -> answer(
                        context,
                        Buffer.buffer(list(appeals.stream()
                                .filter(appeal -> isOwn || mayAudit(caller, appeal))
                                .toList()))))
                .onFailure(failure -> answerFailure(context, failure));
    }

    private static byte[] list(List<JsonNode> appeals) {
        return ("{\"appeals\":["
                        + String.join(
                                ",", appeals.stream().map(JsonNode::toString).toList()) + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void answerFailure(RoutingContext context, Throwable failure) {
        if (failure instanceof LedgerStoreException || failure instanceof LedgerUnavailableException) {
            LOG.error("The ledger cannot be read: {}", failure.toString());
            Routes.answerLedgerUnavailable(context);
        } else {
            context.fail(failure);
        }
    }

    private static void answer(RoutingContext context, Buffer json) {
        Routes.answer(context, MediaTypes.JSON, "no-store", json);
    }
}
