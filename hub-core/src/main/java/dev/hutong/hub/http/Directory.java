package dev.hutong.hub.http;

import dev.hutong.hub.resolve.RulesInForce;
import dev.hutong.hub.translate.Translations;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.translate.Target;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryAsOf;
import dev.hutong.registry.RegistrySnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What anybody may look up: the formats that are understood, the issuers that are trusted, and everybody's public keys. */
public final class Directory {
    private final RulesInForce rules;
    private final InstantSource clock;
    private final Registry registry;
    private final JsonObject hubKeys;

    /**
     * @param hubKeys the hub's own public keys, a JWK Set (RFC 7517 §5)
     */
    public Directory(RulesInForce rules, Registry registry, JsonObject hubKeys, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
        this.registry = registry;
        this.hubKeys = hubKeys;
    }

    /** The formats whose rules are in force. */
    JsonObject formats() {
        JsonArray list = new JsonArray();
        rules.at(clock.instant()).formats().packages().forEach(format -> list.add(describe(format)));
        return new JsonObject().put("formats", list);
    }

    /** The policies that judge, the default among them. */
    JsonObject policies() {
        return PolicyJson.write(rules.at(clock.instant()).policies());
    }

    JsonObject hubKeys() {
        return hubKeys;
    }

    /** All issuers as the registry now knows them, or knew them then. */
    JsonObject issuers(PointInTime.Known at) {
        RegistrySnapshot snapshot = registry.snapshot();
        JsonArray issuers = new JsonArray();
        at.issuersOf(snapshot).forEach(issuer -> issuers.add(IssuerJson.write(issuer, at.instant())));
        return answer(snapshot, at).put("issuers", issuers);
    }

    /** One issuer, likewise; empty where the registry knows, or knew, none of this name. */
    Optional<JsonObject> issuer(String id, PointInTime.Known at) {
        RegistrySnapshot snapshot = registry.snapshot();
        return IssuerId.parse(id)
                .flatMap(known -> at.issuerOf(snapshot, known))
                .map(issuer -> answer(snapshot, at).put("issuer", IssuerJson.write(issuer, at.instant())));
    }

    private static JsonObject answer(RegistrySnapshot snapshot, PointInTime.Known at) {
        return new JsonObject()
                .put("at", at.asked().map(Instant::toString).orElse(null))
                .put(
                        "checkpoint",
                        new JsonObject()
                                .put("size", snapshot.checkpoint().size())
                                .put("root", snapshot.checkpoint().root().toBase64()));
    }

    /**
     * The issuer's public keys as a JWK Set: those by which something signed at the instant is good; empty where there is no such issuer. A
     * set has no place for until when a key was good, so a key that signs not yet or no longer is not among them, whatever stays good of it.
     */
    Optional<JsonObject> keysOf(String issuer, PointInTime.Known at) {
        RegistryAsOf known = at.of(registry.snapshot());
        return IssuerId.parse(issuer).flatMap(known::issuer).map(registered -> {
            JsonArray keys = new JsonArray();
            known.signingKeys(registered.id()).forEach(key -> keys.add(jwk(key)));
            JsonObject set = new JsonObject().put("keys", keys);
            at.asked().ifPresent(instant -> set.put("at", instant.toString()));
            return set;
        });
    }

    private static JsonObject jwk(RegisteredKey key) {
        return new JsonObject(key.jwk().toJson().toString());
    }

    private static JsonObject describe(FormatPackage format) {
        Optional<Target> target = Translations.target(format);
        List<Long> vocabularies =
                target.map(known -> known.writing().vocabularies()).orElse(List.of());
        return new JsonObject()
                .put("format", format.id().value())
                .put("version", format.version())
                .put("issuer", format.issuer().toString())
                .put(
                        "title",
                        new JsonObject()
                                .put("zh-CN", format.title().chinese())
                                .put("en", format.title().english()))
                .put("online", format.envelope().isOnline())
                .put("translatable", target.isPresent())
                .put("vocabularies", new JsonArray(vocabularies));
    }
}
