package dev.hutong.hub.http;

import dev.hutong.registry.Governance;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.tlog.NoteKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Who decides about the registry, and by which rules, as the contract has it. */
final class GovernanceJson {
    private GovernanceJson() {}

    static JsonObject write(Governance governance) {
        JsonArray operators = new JsonArray();
        governance
                .kidToOperator()
                .values()
                .forEach(operator -> operators.add(new JsonObject()
                        .put("name", operator.name())
                        .put("kid", operator.id().value())
                        .put("jwk", jwk(operator.key()))
                        .put("since", operator.since().toString())));
        return new JsonObject()
                .put("origin", governance.origin())
                .put(
                        "rules",
                        new JsonObject()
                                .put("approvals", Governance.APPROVALS)
                                .put(
                                        "visibleFor",
                                        governance.rules().visibleFor().toString())
                                .put("openFor", governance.rules().openFor().toString())
                                .put(
                                        "confirmWithin",
                                        governance.rules().confirmWithin().toString()))
                .put("operators", operators)
                .put(
                        "logKey",
                        new JsonObject()
                                .put("jwk", jwk(governance.logKey()))
                                .put(
                                        "vkey",
                                        new NoteKey(governance.origin(), NoteKey.Type.ED25519, governance.logKey())
                                                .vkey()));
    }

    private static JsonObject jwk(PublicJwk key) {
        return new JsonObject(key.toJson().toString());
    }
}
