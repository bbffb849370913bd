package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.Governance;
import dev.hutong.registry.History;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.IssuerStanding;
import dev.hutong.registry.KeyStanding;
import dev.hutong.registry.PublishedRules;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.Revocation;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Delegation;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the registry holds, as it is published: facts of the log alone, so that they depend on its size and not on the hour. */
final class EntryWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** So that what a client takes over grows with the number of keys and not with the age of the registry; the log has the rest. */
    private static final int LATEST = 4;

    private EntryWriter() {}

    /** Without its keys, which are entries of their own. */
    static ObjectNode issuer(RegisteredIssuer issuer) {
        ObjectNode json = JSON.objectNode()
                .put("id", issuer.id().value())
                .put("name", issuer.name())
                .put("platform", issuer.platform().map(URI::toString).orElse(null))
                .put("parent", issuer.parent().map(IssuerId::value).orElse(null));
        json.set("standing", history(issuer.standing(), EntryWriter::put));
        if (!issuer.rules()
                .isEmpty()) { // so that a registry without rules has the text that it had before there were any
            ArrayNode rules = json.putArray("rules");
            issuer.rules().forEach(published -> rules.add(rules(published)));
        }
        return json;
    }

    private static ObjectNode rules(PublishedRules published) {
        return JSON.objectNode()
                .put("version", published.version().value())
                .put("digest", published.digest().value())
                .put("validFrom", published.validFrom().toString())
                .put("validTo", text(published.validTo()))
                .put("emergency", published.offer().emergency())
                .put("since", published.publishedAt().toString())
                .put("entry", published.entry())
                .put("origin", published.origin())
                .put("reason", published.reason());
    }

    static ObjectNode key(IssuerId owner, RegisteredKey key) {
        ObjectNode json = JSON.objectNode()
                .put("issuer", owner.value())
                .put("kid", key.id().value())
                .put("origin", key.origin())
                .put("notBefore", text(key.notBefore()))
                .put("signUntil", text(key.signUntil()))
                .put("verifyUntil", text(key.verifyUntil()));
        json.set("jwk", key.jwk().toJson());
        json.set("standing", history(key.standing(), EntryWriter::put));
        return json;
    }

    static ObjectNode governance(Governance governance) {
        ObjectNode json = JSON.objectNode().put("origin", governance.origin());
        json.set("logKey", governance.logKey().toJson());
        json.putObject("rules")
                .put("visibleFor", governance.rules().visibleFor().toString())
                .put("openFor", governance.rules().openFor().toString())
                .put("confirmWithin", governance.rules().confirmWithin().toString());
        ArrayNode operators = json.putArray("operators");
        governance
                .kidToOperator()
                .values()
                .forEach(operator -> operators
                        .addObject()
                        .put("name", operator.name())
                        .put("since", operator.since().toString())
                        .set("key", operator.key().toJson()));
        ArrayNode former = json.putArray("formerOperators");
        governance.formerKids().stream().sorted().forEach(former::add);
        return json;
    }

    /** Newest first: the latest ones, and the one that began it. */
    private static <S> ArrayNode history(History<S> newest, BiConsumer<ObjectNode, S> put) {
        ArrayNode array = JSON.arrayNode();
        for (History<S> one = newest; one != null; one = one.earlier()) {
            if (array.size() < LATEST || one.earlier() == null) {
                ObjectNode json =
                        array.addObject().put("since", one.since().toString()).put("entry", one.entry());
                put.accept(json, one.state());
            }
        }
        return array;
    }

    private static void put(ObjectNode json, IssuerStanding standing) {
        json.put("status", standing.status().name()).put("reason", standing.reason());
        json.set(
                "delegation",
                standing.delegation().<JsonNode>map(EntryWriter::delegation).orElse(JSON.nullNode()));
    }

    private static void put(ObjectNode json, KeyStanding standing) {
        json.put("suspended", standing.suspended()).put("reason", standing.reason());
        json.set(
                "revocation",
                standing.revocation().<JsonNode>map(EntryWriter::revocation).orElse(JSON.nullNode()));
    }

    private static ObjectNode revocation(Revocation revocation) {
        return JSON.objectNode()
                .put("reason", revocation.reason().name())
                .put("cutOff", revocation.cutOff().toString())
                .put("revokedAt", revocation.revokedAt().toString());
    }

    private static ObjectNode delegation(Delegation delegation) {
        ObjectNode json = JSON.objectNode()
                .put("regionPrefix", delegation.regionPrefix())
                .put("depth", delegation.depth())
                .put("until", text(delegation.until()));
        ArrayNode formats = json.putArray("formats");
        delegation.formats().stream().sorted().forEach(formats::add);
        ArrayNode algorithms = json.putArray("algorithms");
        delegation.algorithms().stream().sorted().map(SignatureAlgorithm::jose).forEach(algorithms::add);
        return json;
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
