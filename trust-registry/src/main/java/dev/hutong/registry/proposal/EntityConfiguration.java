package dev.hutong.registry.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * What an issuer says about itself in OpenID Federation 1.0 ("Entity Configuration"): its one federation key, signed by that key, and who
 * its superior is. The issuer signs it at home and deposits it; the registry keeps the very text, and the hub serves it.
 *
 * <p>It says no more than that: metadata is the superior's to give, from the registry. Reading checks the form only; the signature is
 * checked by whoever asks for {@link #signingInput} and {@link #signature}.
 *
 * @param text the JWS as it was deposited, in the compact serialization
 * @param entity {@code iss} and {@code sub}
 * @param key the federation key
 * @param issuedAt {@code iat}
 * @param expiresAt {@code exp}: the first instant at which it says nothing any more
 */
public record EntityConfiguration(String text, EntityId entity, PublicJwk key, Instant issuedAt, Instant expiresAt) {
    /** The header's {@code typ} (OpenID Federation 1.0, Entity Statement). */
    public static final String TYPE = "entity-statement+jwt";

    /** A year, and a month in which to renew it. */
    public static final Duration LONGEST = Duration.ofDays(398);

    private static final int MAX_LENGTH = 16 * 1024;

    /**
     * Reads what an issuer deposits.
     *
     * @throws IllegalArgumentException if it is no entity configuration such as an issuer of a hub has, with what is wrong
     */
    public static EntityConfiguration parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3 || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the entity configuration is no JWS in the compact serialization of at most " + MAX_LENGTH
                            + " characters");
        }
        JsonMembers header = JsonMembers.of(json(parts[0], "header"), "its header");
        JsonMembers claims = JsonMembers.of(json(parts[1], "payload"), "the entity configuration");
        octets(parts[2], "signature");

        PublicJwk key = key(claims.required("jwks"));
        requireHeader(header, key);
        EntityId entity = claims.text("sub", EntityId::parse, "<the hub's public URL>/federation/issuers/<issuer>");
        if (!claims.text("iss").equals(entity.value())) {
            throw claims.fault("iss", "is not its sub: an issuer speaks of itself");
        }
        requireSuperior(claims, entity);
        requireMetadata(claims);
        Instant issuedAt = claims.seconds("iat");
        Instant expiresAt = claims.seconds("exp");
        claims.noMore();
        if (!issuedAt.isBefore(expiresAt) || expiresAt.isAfter(issuedAt.plus(LONGEST))) {
            throw claims.fault("exp", "must lie after iat, by at most " + LONGEST.toDays() + " days");
        }
        return new EntityConfiguration(text, entity, key, issuedAt, expiresAt);
    }

    private static void requireHeader(JsonMembers header, PublicJwk key) {
        if (!header.text("typ").equals(TYPE)) {
            throw header.fault("typ", "is not " + TYPE);
        }
        if (!header.text("kid").equals(key.kid())) {
            throw header.fault("kid", "is not that of the key in jwks");
        }
        if (!header.text("alg").equals(key.algorithm().jose())) {
            throw header.fault(
                    "alg", "is not that of the key in jwks, " + key.algorithm().jose());
        }
        header.noMore();
    }

    /** One key: another takes its place by another deposit, which reaches clients together with the superior's statement. */
    private static PublicJwk key(JsonNode jwks) {
        JsonMembers set = JsonMembers.of(jwks, "its jwks");
        JsonNode keys = set.array("keys");
        set.noMore();
        if (keys.size() != 1 || !keys.get(0).has("kid")) {
            throw set.fault("keys", "must hold one key, the one that signs, with its kid");
        }
        PublicJwk key = ActionJson.admitted(keys.get(0));
        if (key.algorithm() == SignatureAlgorithm.SM2) {
            throw set.fault("keys", "holds an SM2 key, which no client of OpenID Federation knows: use ES256");
        }
        return key;
    }

    private static void requireSuperior(JsonMembers claims, EntityId entity) {
        JsonNode hints = claims.array("authority_hints");
        if (hints.size() != 1 || !entity.anchor().equals(hints.get(0).textValue())) {
            throw claims.fault("authority_hints", "must be [\"" + entity.anchor() + "\"], the hub alone");
        }
    }

    /** OpenID Federation 1.0 lets a superior speak only of entity types that the subject itself names. */
    private static void requireMetadata(JsonMembers claims) {
        if (!claims.required("metadata").equals(metadata())) {
            throw claims.fault("metadata", "must be " + metadata() + ": the hub supplies the rest from the registry");
        }
    }

    private static ObjectNode metadata() {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.putObject("federation_entity");
        metadata.putObject("health_code_issuer");
        return metadata;
    }

    private static JsonNode json(String base64Url, String part) {
        return StrictJson.read(octets(base64Url, part))
                .orElseThrow(() -> new IllegalArgumentException("its " + part + " is not strict JSON"));
    }

    private static byte[] octets(String base64Url, String part) {
        byte[] octets = StrictBase64Url.decodeOrNull(base64Url);
        if (octets == null) {
            throw new IllegalArgumentException("its " + part + " is not strict base64url");
        }
        return octets;
    }

    /**
     * Makes one.
     *
     * @param by the issuer's federation key, ES256 or EdDSA
     * @throws IllegalArgumentException if {@link #parse} would refuse it, such as for an SM2 key
     */
    public static EntityConfiguration sign(EntityId entity, Instant issuedAt, Instant expiresAt, CompactJwsSigner by) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", entity.value())
                .put("sub", entity.value())
                .put("iat", issuedAt.getEpochSecond())
                .put("exp", expiresAt.getEpochSecond());
        claims.putObject("jwks").putArray("keys").add(by.key().toJson());
        claims.putArray("authority_hints").add(entity.anchor());
        claims.set("metadata", metadata());
        return parse(by.sign(TYPE, claims));
    }

    /** What the federation key signed (RFC 7515 §5.1). */
    public byte[] signingInput() {
        return text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    }

    /** The decoded signature. */
    public byte[] signature() {
        return octets(text.substring(text.lastIndexOf('.') + 1), "signature");
    }
}
