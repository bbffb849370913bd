package dev.hutong.hub.http;

import dev.hutong.registry.EventRefusal;
import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.Governance;
import dev.hutong.registry.LogEntry;
import dev.hutong.registry.ProposalDesk;
import dev.hutong.registry.ProposalDesk.Receipt;
import dev.hutong.registry.RegisteredProposal;
import dev.hutong.registry.RegisteredProposal.Stage;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryEvent.Proposed;
import dev.hutong.registry.RegistryLog;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.RegistryStorageException;
import dev.hutong.registry.UncertainAppendException;
import dev.hutong.registry.proposal.Nonce;
import dev.hutong.registry.proposal.SignedDocument;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the registry is changed: who decides, proposals, and operators' approvals. Whatever reads or writes the store does so aside. */
public final class RegistryOperations implements Operations {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryOperations.class);

    private static final String PROPOSALS = "/v1/registry/proposals";
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Registry registry;
    private final RegistryLog log;
    private final ProposalDesk desk;
    private final InstantSource clock;
    private final QuotaGate quotas;

    /** @param log the registry's own, which holds the documents as they were signed */
    public RegistryOperations(
            Registry registry, RegistryLog log, ProposalDesk desk, InstantSource clock, QuotaGate quotas) {
        this.registry = registry;
        this.log = log;
        this.desk = desk;
        this.clock = clock;
        this.quotas = quotas;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/v1/registry/nonce", context -> underDualControl(context, this::nonce))
                .get("/v1/registry/operators", context -> underDualControl(context, this::operators))
                .getAndPostSigned(PROPOSALS, this::list, quotas.ofProposals(this::propose))
                .get(PROPOSALS + "/:id", this::show)
                .postSigned(PROPOSALS + "/:id/approvals", quotas.ofProposals(this::approve));
    }

    private void underDualControl(RoutingContext context, BiConsumer<RoutingContext, Governance> operation) {
        registry.snapshot()
                .governance()
                .ifPresentOrElse(
                        governance -> operation.accept(context, governance),
                        () -> Problem.of(new EventRefusal(
                                        Ground.NOT_UNDER_DUAL_CONTROL,
                                        "This is a development registry without operators: found one under dual control in"
                                                + " another data folder, with hutong registry genesis"))
                                .answer(context.response()));
    }

    private void nonce(RoutingContext context, Governance governance) {
        Nonce nonce = desk.nonce();
        answer(
                context,
                "no-store",
                new JsonObject()
                        .put("nonce", nonce.text())
                        .put("expiresAt", nonce.issuedAt().plus(Nonce.LIFETIME).toString())
                        .put("aud", governance.origin()));
    }

    private void operators(RoutingContext context, Governance governance) {
        answer(context, "no-cache", GovernanceJson.write(governance));
    }

    private void list(RoutingContext context) {
        Optional<String> wanted = Optional.ofNullable(context.request().getParam("stage"));
        if (wanted.isPresent() && stage(wanted.get()).isEmpty()) {
            new Problem(
                            ProblemType.INVALID_REQUEST,
                            "stage must be one of "
                                    + String.join(
                                            ", ",
                                            Arrays.stream(Stage.values())
                                                    .map(Stage::name)
                                                    .toList())
                                    + ", or be left out")
                    .answer(context.response());
            return;
        }
        RegistrySnapshot snapshot = registry.snapshot();
        ProposalJson json = new ProposalJson(snapshot, clock.instant());
        JsonArray proposals = new JsonArray();
        snapshot.proposals().stream()
                .filter(proposal -> wanted.isEmpty()
                        || proposal.stageAt(clock.instant()).name().equals(wanted.get()))
                .forEach(proposal -> proposals.add(json.write(proposal)));
        answer(context, "no-cache", new JsonObject().put("proposals", proposals));
    }

    private static Optional<Stage> stage(String name) {
        return Arrays.stream(Stage.values())
                .filter(stage -> stage.name().equals(name))
                .findFirst();
    }

    private void show(RoutingContext context) {
        registry.snapshot()
                .proposal(context.pathParam("id"))
                .ifPresentOrElse(
                        proposal -> show(context, proposal),
                        () -> Problem.of(new EventRefusal(
                                        Ground.UNKNOWN_PROPOSAL,
                                        "There is no proposal of this id among those of the last weeks: GET "
                                                + PROPOSALS + " lists them, the log keeps all"))
                                .answer(context.response()));
    }

    private void show(RoutingContext context, RegisteredProposal proposal) {
        context.vertx()
                .executeBlocking(() -> documentOf(proposal), false)
                .onSuccess(document -> answer(
                        context,
                        "no-cache",
                        json(proposal)
                                .put(
                                        "document",
                                        new JsonObject(document.toJson().toString()))))
                .onFailure(failure -> answerFailure(context, failure));
    }

    /** As it was signed, from the log: what an operator signs in turn is read from this alone. */
    private SignedDocument documentOf(RegisteredProposal proposal) {
        List<LogEntry> entries = log.read(proposal.entry(), 1);
        if (entries.size() == 1 && entries.getFirst().event() instanceof Proposed proposed) {
            return proposed.document();
        }
        throw new RegistryStorageException(
                "The registry log no longer holds the proposal of entry " + proposal.entry());
    }

    private void propose(RoutingContext context, byte[] body) {
        long before = registry.snapshot().checkpoint().size();
        handIn(context, () -> desk.propose(body), proposal -> proposal.entry() >= before);
    }

    private void approve(RoutingContext context, byte[] body) {
        handIn(context, () -> desk.approve(context.pathParam("id"), body), _ -> false);
    }

    private void handIn(
            RoutingContext context, Supplier<Receipt> document, Predicate<RegisteredProposal> makesSomethingNew) {
        context.vertx()
                .executeBlocking(document::get, false)
                .onSuccess(receipt -> {
                    switch (receipt) {
                        case Receipt.Refused(EventRefusal why) ->
                            Problem.of(why).answer(context.response());
                        case Receipt.Taken(RegisteredProposal proposal) -> {
                            if (makesSomethingNew.test(proposal)) {
                                context.response()
                                        .setStatusCode(201)
                                        .putHeader(HttpHeaders.LOCATION, PROPOSALS + "/" + proposal.id());
                            }
                            answer(context, "no-store", json(proposal));
                        }
                    }
                })
                .onFailure(failure -> answerFailure(context, failure));
    }

    private JsonObject json(RegisteredProposal proposal) {
        return new ProposalJson(registry.snapshot(), clock.instant()).write(proposal);
    }

    private static void answerFailure(RoutingContext context, Throwable failure) {
        if (failure instanceof RegistryStorageException) {
            LOG.error("The registry's store failed: {}", failure.toString());
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS));
            storeFailed(failure instanceof UncertainAppendException).answer(context.response());
        } else {
            context.fail(failure);
        }
    }

    private static Problem storeFailed(boolean uncertain) {
        return uncertain
                ? new Problem(
                        ProblemType.STORE_UNAVAILABLE,
                        "It may have been taken up all the same. Hand a proposal in again: it is answered with what became of it."
                                + " Of an approval look at its proposal, which names who approved it.")
                : new Problem(
                        ProblemType.STORE_UNAVAILABLE,
                        "Nothing was changed. " + ProblemType.STORE_UNAVAILABLE.remedy());
    }

    private static void answer(RoutingContext context, String cacheControl, JsonObject document) {
        Routes.answer(context, MediaTypes.JSON, cacheControl, document.toBuffer());
    }
}
