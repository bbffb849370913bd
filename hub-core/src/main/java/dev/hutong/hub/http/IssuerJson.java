package dev.hutong.hub.http;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.PublishedRules;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.Revocation;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Delegation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issuers and their keys as the directory tells of them, at one instant. */
final class IssuerJson {
    private IssuerJson() {}

    static JsonObject write(RegisteredIssuer issuer, Instant at) {
        JsonArray keys = new JsonArray();
        issuer.keys().forEach(key -> keys.add(write(key, at)));
        return new JsonObject()
                .put("issuer", issuer.id().value())
                .put("name", issuer.name())
                .put("platform", issuer.platform().map(URI::toString).orElse(null))
                .put("parent", issuer.parent().map(IssuerId::value).orElse(null))
                .put("status", issuer.status().name())
                .put("suspended", issuer.suspended())
                .put("registeredAt", issuer.registeredAt().toString())
                .put("since", issuer.standing().since().toString())
                .put("entry", issuer.standing().entry())
                .put("reason", issuer.standing().state().reason())
                .put("delegation", issuer.delegation().map(IssuerJson::write).orElse(null))
                .put("rules", rules(issuer))
                .put("keys", keys);
    }

    private static JsonArray rules(RegisteredIssuer issuer) {
        JsonArray rules = new JsonArray();
        for (PublishedRules published : issuer.rules()) {
            rules.add(new JsonObject()
                    .put("version", published.version().value())
                    .put("digest", published.digest().value())
                    .put("validFrom", published.validFrom().toString())
                    .put("validTo", text(published.validTo()))
                    .put("emergency", published.offer().emergency())
                    .put("since", published.publishedAt().toString())
                    .put("entry", published.entry())
                    .put("reason", published.reason()));
        }
        return rules;
    }

    private static JsonObject write(RegisteredKey key, Instant at) {
        return new JsonObject()
                .put("kid", key.id().value())
                .put("alg", key.jwk().algorithm().jose())
                .put("state", key.stateAt(at).name())
                .put("publishedAt", key.publishedAt().toString())
                .put("notBefore", text(key.notBefore()))
                .put("signUntil", text(key.signUntil()))
                .put("verifyUntil", text(key.verifyUntil()))
                .put("revoked", key.revocation().isPresent())
                .put("revocation", key.revocation().map(IssuerJson::write).orElse(null))
                .put("since", key.standing().since().toString())
                .put("entry", key.standing().entry())
                .put("reason", key.standing().state().reason());
    }

    private static JsonObject write(Revocation revocation) {
        return new JsonObject()
                .put("reason", revocation.reason().name())
                .put("cutOff", revocation.cutOff().toString())
                .put("revokedAt", revocation.revokedAt().toString());
    }

    private static JsonObject write(Delegation delegation) {
        JsonArray formats = new JsonArray();
        delegation.formats().stream().sorted().forEach(formats::add);
        JsonArray algorithms = new JsonArray();
        delegation.algorithms().stream().sorted().map(SignatureAlgorithm::jose).forEach(algorithms::add);
        return new JsonObject()
                .put("regionPrefix", delegation.regionPrefix())
                .put("formats", formats)
                .put("algorithms", algorithms)
                .put("depth", delegation.depth())
                .put("until", text(delegation.until()));
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
