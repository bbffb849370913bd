package dev.hutong.hub.http;

import dev.hutong.mapping.format.Envelope;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatPackages;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RevocationReason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** What anybody may look up: the formats that are understood, the issuers that are trusted, and everybody's public keys. */
public final class Directory {
    private final JsonObject formats;
    private final Registry registry;
    private final JsonObject hubKeys;
    private final InstantSource clock;

    /**
     * @param hubKeys the hub's own public keys, a JWK Set (RFC 7517 §5)
     */
    public Directory(FormatPackages formats, Registry registry, JsonObject hubKeys, InstantSource clock) {
        JsonArray list = new JsonArray();
        formats.packages().forEach(format -> list.add(describe(format)));
        this.formats = new JsonObject().put("formats", list);
        this.registry = registry;
        this.hubKeys = hubKeys;
        this.clock = clock;
    }

    JsonObject formats() {
        return formats;
    }

    JsonObject hubKeys() {
        return hubKeys;
    }

    JsonObject issuers() {
        var snapshot = registry.snapshot();
        JsonArray issuers = new JsonArray();
        snapshot.issuers().forEach(issuer -> issuers.add(describe(issuer)));
        return new JsonObject()
                .put("issuers", issuers)
                .put(
                        "checkpoint",
                        new JsonObject()
                                .put("size", snapshot.checkpoint().size())
                                .put("root", snapshot.checkpoint().root().toBase64()));
    }

    /**
     * The issuer's public keys as a JWK Set; empty where there is no such issuer. A compromised key is not among them; a superseded one is,
     * since what it signed before stays good.
     */
    Optional<JsonObject> keysOf(String issuer) {
        return IssuerId.parse(issuer)
                .flatMap(id -> registry.snapshot().issuer(id))
                .map(registered -> {
                    JsonArray keys = new JsonArray();
                    registered.keys().stream()
                            .filter(key -> key.revocation()
                                    .filter(revocation -> revocation.reason() == RevocationReason.COMPROMISED)
                                    .isEmpty())
                            .forEach(key -> keys.add(jwk(key)));
                    return new JsonObject().put("keys", keys);
                });
    }

    private static JsonObject jwk(RegisteredKey key) {
        return new JsonObject(key.jwk().toJson().toString());
    }

    private static JsonObject describe(FormatPackage format) {
        return new JsonObject()
                .put("format", format.id().value())
                .put("version", format.version())
                .put("issuer", format.issuer().toString())
                .put(
                        "title",
                        new JsonObject()
                                .put("zh-CN", format.title().chinese())
                                .put("en", format.title().english()))
                .put("online", format.envelope() instanceof Envelope.Platform);
    }

    private JsonObject describe(RegisteredIssuer issuer) {
        JsonArray keys = new JsonArray();
        issuer.keys()
                .forEach(key -> keys.add(new JsonObject()
                        .put("kid", key.id().value())
                        .put("alg", key.jwk().algorithm().jose())
                        .put("publishedAt", key.publishedAt().toString())
                        .put("state", key.stateAt(clock.instant()).name())
                        .put("revoked", key.revocation().isPresent())));
        return new JsonObject()
                .put("issuer", issuer.id().value())
                .put("name", issuer.name())
                .put("platform", issuer.platform().map(URI::toString).orElse(null))
                .put("suspended", issuer.suspended())
                .put("status", issuer.status().name())
                .put("registeredAt", issuer.registeredAt().toString())
                .put("keys", keys);
    }
}
