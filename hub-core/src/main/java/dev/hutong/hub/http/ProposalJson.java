package dev.hutong.hub.http;

import dev.hutong.registry.BreakGlassAlarm;
import dev.hutong.registry.ClientId;
import dev.hutong.registry.Governance;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.Operator;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredProposal;
import dev.hutong.registry.RegisteredProposal.Endorsement;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Proposals as the contract has them, seen from one snapshot at one instant. */
final class ProposalJson {
    private final RegistrySnapshot snapshot;
    private final Instant now;

    ProposalJson(RegistrySnapshot snapshot, Instant now) {
        this.snapshot = snapshot;
        this.now = now;
    }

    JsonObject write(RegisteredProposal proposal) {
        JsonArray signers = new JsonArray();
        proposal.signers().stream()
                .sorted((one, other) -> one.value().compareTo(other.value()))
                .forEach(kid -> signers.add(signer(kid, proposal.proposal().action())));
        JsonArray approvals = new JsonArray();
        proposal.approvals().forEach(approval -> approvals.add(approval(approval)));
        return new JsonObject()
                .put("id", proposal.id())
                .put("entry", proposal.entry())
                .put("madeAt", proposal.madeAt().toString())
                .put("closes", proposal.closes().toString())
                .put("stage", proposal.stageAt(now).name())
                .put("reason", proposal.proposal().reason())
                .put(
                        "action",
                        new JsonObject(
                                proposal.proposal().toJson().get("action").toString()))
                .put("signers", signers)
                .put("approvals", approvals)
                .put("missingApprovals", missingApprovals(proposal))
                .put(
                        "alarm",
                        BreakGlassAlarm.of(proposal, now)
                                .map(BreakGlassAlarm::text)
                                .orElse(null));
    }

    private static JsonObject approval(Endorsement approval) {
        return new JsonObject()
                .put("operator", approval.name())
                .put("kid", approval.operator().value())
                .put("at", approval.at().toString())
                .put("entry", approval.entry());
    }

    /** Approvals of operators who were removed since count no longer. */
    private long missingApprovals(RegisteredProposal proposal) {
        return switch (proposal.stageAt(now)) {
            case OPEN ->
                Governance.APPROVALS
                        - snapshot.governance()
                                .map(governance -> governance.counting(proposal.approvals()))
                                .orElse(List.of())
                                .size();
            case UNCONFIRMED -> 1;
            case LAPSED, IN_FORCE -> 0;
        };
    }

    /** Whoever is no issuer over what was proposed, and did not come with it, was an operator then. */
    private JsonObject signer(KeyId kid, Action action) {
        if (action.brought().map(KeyId::of).filter(kid::equals).isPresent()) {
            return signer(kid, "BROUGHT", null);
        }
        Optional<IssuerId> owner = ownerAmongThoseOver(action, kid);
        if (owner.isPresent()) {
            return signer(kid, "ISSUER", owner.get().value());
        }
        if (action instanceof Action.OfClient ofClient && isKeyOf(ofClient.client(), kid)) {
            return signer(kid, "CLIENT", ofClient.client().value());
        }
        Operator operator = presentOperators().get(kid.value());
        return signer(kid, "OPERATOR", operator == null ? null : operator.name());
    }

    /** Also where the key was taken from it since, which its own proposal may have done. */
    private boolean isKeyOf(ClientId client, KeyId kid) {
        return snapshot.ownerOfClientKey(kid).filter(client::equals).isPresent();
    }

    private static JsonObject signer(KeyId kid, String capacity, @Nullable String name) {
        return new JsonObject()
                .put("kid", kid.value())
                .put("capacity", capacity)
                .put("name", name);
    }

    private Optional<IssuerId> ownerAmongThoseOver(Action action, KeyId kid) {
        Optional<RegisteredIssuer> issuer = first(action).flatMap(snapshot::issuer);
        while (issuer.isPresent()) {
            if (issuer.get().keys().stream().anyMatch(key -> key.id().equals(kid))) {
                return Optional.of(issuer.get().id());
            }
            issuer = issuer.get().parent().flatMap(snapshot::issuer);
        }
        return Optional.empty();
    }

    /** The nearest issuer that could have signed: of one that is to be registered, its parent. */
    private static Optional<IssuerId> first(Action action) {
        return switch (action) {
            case RegisterIssuer register -> register.parent();
            case Action.OfIssuer ofIssuer -> Optional.of(ofIssuer.issuer());
            case Action.OfClient _, Action.AddOperator _, Action.RemoveOperator _ -> Optional.empty();
        };
    }

    private Map<String, Operator> presentOperators() {
        return snapshot.governance().map(Governance::kidToOperator).orElse(Map.of());
    }
}
