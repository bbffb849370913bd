package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.Governance;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureSigner;
import java.time.Instant;

/** Signs snapshots and differences with a hub's own key. */
public final class SnapshotSigner {
    /** The {@code typ} of a snapshot. */
    public static final String SNAPSHOT_TYPE = "hutong-registry-snapshot+jwt";

    /** The {@code typ} of the difference between two snapshots. */
    public static final String DELTA_TYPE = "hutong-registry-delta+jwt";

    private final String hub;
    private final Freshness freshness;
    private final String kid;
    private final SignatureSigner signer;

    /**
     * @param hub its name, the {@code iss}
     * @param key signs ES256
     */
    public SnapshotSigner(String hub, Freshness freshness, PrivateJwk key, SignatureProviders providers) {
        this.hub = hub;
        this.freshness = freshness;
        this.kid = key.publicJwk().kid();
        this.signer = providers.signer(key);
    }

    Freshness freshness() {
        return freshness;
    }

    Claims claims(RegistrySnapshot registry, Entries entries, Instant issuedAt) {
        Instant second = Instant.ofEpochSecond(issuedAt.getEpochSecond());
        return new Claims(
                hub,
                second,
                second.plus(freshness.nextUpdate()),
                second.plus(freshness.expires()),
                registry.governance().map(Governance::origin),
                registry.checkpoint(),
                entries.digest());
    }

    /** Everything, and what of it is not good at the instant of issuing. */
    SignedSnapshot snapshot(Claims claims, Entries entries, RegistrySnapshot registry) {
        ObjectNode payload = claims.toJson();
        payload.set("entries", entries.toJson());
        ArrayNode refused = payload.putArray("refused");
        Refusals.among(registry.issuers(), claims.issuedAt()).forEach(refusal -> refused.add(refusal.toJson()));
        return sign(SNAPSHOT_TYPE, payload, claims);
    }

    /** What leads from the snapshot of an earlier size to the one with these claims. */
    SignedSnapshot delta(Claims claims, long from, RegistrySnapshot registry) {
        ObjectNode payload = claims.toJson().put("from", from);
        payload.set("changed", Entries.changedSince(from, registry).toJson());
        return sign(DELTA_TYPE, payload, claims);
    }

    private SignedSnapshot sign(String type, ObjectNode payload, Claims claims) {
        return SignedSnapshot.of(CompactJws.sign(type, kid, CanonicalJson.octets(payload), signer), claims.sequence());
    }
}
