package dev.hutong.hub.federation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.RegistryAsOf;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.Revocation;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.EntityId;
import java.time.Instant;
import java.util.Locale;

/**
 * What the registry knows of an issuer, as metadata of OpenID Federation 1.0 under the two entity types that an issuer has.
 *
 * <p>{@code health_code_issuer} is a type of ours. Its {@code jwks} holds the keys by which a code that is signed now is good, those of SM2
 * apart in {@code jwks_sm2}, because a client that meets a key it does not know may drop the whole set. A key that signs no longer, or was
 * revoked, stands in {@code historical_keys} alone: who overlooks {@code exp} or {@code revoked} must not come to trust it. For the same
 * reason one that signs not yet stands nowhere, or the time in which it is to be seen before it signs would be none.
 */
final class IssuerMetadata {
    static final String ENTITY = "federation_entity";
    static final String ISSUER = "health_code_issuer";

    private IssuerMetadata() {}

    static ObjectNode of(RegisteredIssuer issuer, String anchor, RegistrySnapshot snapshot, Instant now) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.putObject(ENTITY).put("organization_name", issuer.name());
        ObjectNode said = metadata.putObject(ISSUER)
                .put("issuer", issuer.id().value())
                .put("organization_name", issuer.name())
                .put("region", issuer.id().region());
        said.putArray("formats").add(issuer.id().format());
        putKeys(said, issuer, snapshot, now);
        issuer.parent().ifPresent(parent -> said.put("delegated_by", new EntityId(anchor, parent).value()));
        said.putObject("log")
                .put("size", snapshot.checkpoint().size())
                .put("root", snapshot.checkpoint().root().toBase64());
        return metadata;
    }

    private static void putKeys(ObjectNode said, RegisteredIssuer issuer, RegistrySnapshot snapshot, Instant now) {
        ArrayNode keys = said.putObject("jwks").putArray("keys");
        ArrayNode sm2 = JsonNodeFactory.instance.arrayNode();
        ArrayNode historical = JsonNodeFactory.instance.arrayNode();
        RegistryAsOf present = snapshot.asOfNow(now);
        for (RegisteredKey key : present.signingKeys(issuer.id())) {
            (key.jwk().algorithm() == SignatureAlgorithm.SM2 ? sm2 : keys).add(jwk(key));
        }
        for (RegisteredKey key : issuer.keys()) {
            switch (key.stateAt(present.instant())) {
                case VERIFY_ONLY -> {
                    if (snapshot.objectionTo(issuer.id(), key).isEmpty()) {
                        historical.add(jwk(key));
                    }
                }
                case EXPIRED -> historical.add(jwk(key));
                case REVOKED -> historical.add(revoked(key));
                case PRE_PUBLISHED, ACTIVE, SUSPENDED -> {}
            }
        }
        if (!sm2.isEmpty()) {
            said.putObject("jwks_sm2").set("keys", sm2);
        }
        if (!historical.isEmpty()) {
            said.set("historical_keys", historical);
        }
    }

    /** With the members that OpenID Federation 1.0 adds to a JWK. */
    private static ObjectNode jwk(RegisteredKey key) {
        ObjectNode json = key.jwk().toJson().put("iat", key.publishedAt().getEpochSecond());
        key.notBefore().ifPresent(instant -> json.put("nbf", instant.getEpochSecond()));
        key.end().ifPresent(instant -> json.put("exp", instant.getEpochSecond()));
        return json;
    }

    private static ObjectNode revoked(RegisteredKey key) {
        Revocation revocation = key.revocation().orElseThrow();
        ObjectNode json = jwk(key);
        json.putObject("revoked")
                .put("revoked_at", revocation.revokedAt().getEpochSecond())
                .put("reason", revocation.reason().name().toLowerCase(Locale.ROOT))
                .put("cut_off", revocation.cutOff().getEpochSecond());
        return json;
    }
}
