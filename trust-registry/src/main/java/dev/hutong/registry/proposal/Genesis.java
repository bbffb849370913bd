package dev.hutong.registry.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The founding of a registry under dual control: its first entry, signed by every one of its first operators.
 *
 * @param origin the log's name in its checkpoints (C2SP tlog-checkpoint), such as a host and a path; unique in the world
 * @param logKey the Ed25519 key that signs the checkpoints
 * @param operators who may approve at first, no two of one name or key
 * @param rules what the registry asks of every change, for ever
 * @param signedAt when it was signed, in whole seconds
 */
public record Genesis(
        String origin, PublicJwk logKey, List<FirstOperator> operators, RegistryRules rules, Instant signedAt) {
    /** The {@code typ} of its signatures. */
    public static final String TYPE = "hutong-genesis+jws";

    /** A person or an office that approves. */
    public record FirstOperator(String name, PublicJwk key) {}

    /** @throws IllegalArgumentException if the log's key is no Ed25519 key: no other can sign a checkpoint (C2SP signed-note) */
    public Genesis {
        if (logKey.algorithm() != SignatureAlgorithm.EDDSA) {
            throw new IllegalArgumentException("the genesis: logKey must be an Ed25519 key");
        }
        operators = List.copyOf(operators);
    }

    /**
     * The genesis that this document signs.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong
     */
    public static Genesis of(SignedDocument document) {
        JsonMembers members = JsonMembers.of(document.content(), "the genesis");
        List<FirstOperator> operators = new ArrayList<>();
        members.array("operators").forEach(json -> operators.add(operator(json)));
        Genesis genesis = new Genesis(
                members.text("origin"),
                ActionJson.key(members.required("logKey")),
                operators,
                rules(members.required("rules")),
                members.seconds("iat"));
        members.noMore();
        return genesis;
    }

    private static FirstOperator operator(JsonNode json) {
        JsonMembers members = JsonMembers.of(json, "an operator");
        FirstOperator operator = new FirstOperator(members.text("name"), ActionJson.key(members.required("key")));
        members.noMore();
        return operator;
    }

    private static RegistryRules rules(JsonNode json) {
        JsonMembers members = JsonMembers.of(json, "the rules");
        RegistryRules rules = new RegistryRules(
                members.duration("visibleFor"), members.duration("openFor"), members.duration("confirmWithin"));
        members.noMore();
        return rules;
    }

    /** The text to be signed. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("origin", origin);
        json.set("logKey", logKey.toJson());
        ArrayNode array = json.putArray("operators");
        operators.forEach(operator -> array.addObject()
                .put("name", operator.name())
                .set("key", operator.key().toJson()));
        json.putObject("rules")
                .put("visibleFor", rules.visibleFor().toString())
                .put("openFor", rules.openFor().toString())
                .put("confirmWithin", rules.confirmWithin().toString());
        return json.put("iat", signedAt.getEpochSecond());
    }
}
