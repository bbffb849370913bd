package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.StrictJson;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleProofs;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.snapshot.HubSource.Answer;
import dev.hutong.registry.snapshot.SyncOutcome.Ground;
import dev.hutong.registry.snapshot.SyncedRegistry.Received;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A client's visit to a hub: takes the hub's snapshot over where it is signed by the hub's key, fresh, no older than what was held, and of a log
 * that provably begins with what was held. Otherwise what was held stays.
 */
public final class SnapshotSync {
    /** By how much the clocks of hub and client may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;

    private final HubSource hub;
    private final SignatureProviders providers;
    private final InstantSource clock;

    public SnapshotSync(HubSource hub, SignatureProviders providers, InstantSource clock) {
        this.hub = hub;
        this.providers = providers;
        this.clock = clock;
    }

    /**
     * Visits the hub.
     *
     * @param hubKey what it must have signed with
     * @param held what the client remembers of its visits to this hub; empty at the first
     * @param snapshot the whole snapshot that the client last kept, a compact JWS, to ask for the difference only; it is verified again, and
     *     one that is not good is as none
     */
    public SyncOutcome sync(PublicJwk hubKey, Optional<Held> held, Optional<String> snapshot)
            throws InterruptedException {
        SnapshotReader reader = new SnapshotReader(new HubSignatures(hubKey, providers));
        try {
            Received received = receive(reader, snapshot.flatMap(jws -> base(reader, jws)));
            Instant now = clock.instant();
            requireFresh(received.claims(), now);
            if (held.isPresent()) {
                requireSuccessor(held.get().newest(), received.claims());
            }
            SyncedRegistry registry = SyncedRegistry.of(received, hubKey, providers, now);
            boolean unchanged = held.isPresent()
                    && held.get().newest().sequence() == received.claims().sequence();
            return unchanged ? new SyncOutcome.Unchanged(registry) : new SyncOutcome.Synced(held, registry);
        } catch (SyncRefusedException refused) {
            return refused.outcome();
        }
    }

    /** What was kept is read as strictly as what comes from the hub: it may have been changed on the disk. */
    private static Optional<Received> base(SnapshotReader reader, String jws) {
        try {
            return Optional.of(reader.snapshot(jws));
        } catch (SyncRefusedException unusable) {
            return Optional.empty();
        }
    }

    private Received receive(SnapshotReader reader, Optional<Received> base)
            throws SyncRefusedException, InterruptedException {
        if (base.isPresent()) {
            long from = base.get().claims().sequence();
            Answer delta = hub.delta(from);
            if (delta.status() == CONFLICT) {
                throw new SyncRefusedException(
                        Ground.ROLLBACK, "The hub's log has fewer than the " + from + " entries that it had before");
            }
            if (delta.status() != GONE) {
                return reader.delta(base.get(), body(delta));
            }
        }
        return reader.snapshot(body(hub.snapshot()));
    }

    private static String body(Answer answer) throws SyncRefusedException {
        if (answer.status() != OK) {
            throw new SyncRefusedException(
                    Ground.NO_SNAPSHOT, "The hub answers " + answer.status() + " and gives no snapshot");
        }
        return new String(answer.body(), StandardCharsets.ISO_8859_1);
    }

    private static void requireFresh(Claims claims, Instant now) throws SyncRefusedException {
        if (!now.isBefore(claims.expires())) {
            throw new SyncRefusedException(
                    Ground.EXPIRED,
                    "The snapshot was good until " + claims.expires()
                            + ": the hub, or somebody on the way, gives out an old one; or this clock is wrong");
        }
        if (claims.issuedAt().isAfter(now.plus(SKEW))) {
            throw new SyncRefusedException(
                    Ground.FROM_THE_FUTURE,
                    "The snapshot was issued at " + claims.issuedAt()
                            + ", which is yet to come: this clock or the hub's is wrong");
        }
    }

    private void requireSuccessor(Claims held, Claims received) throws SyncRefusedException, InterruptedException {
        if (!received.hub().equals(held.hub())) {
            throw new SyncRefusedException(
                    Ground.OTHER_HUB,
                    "The snapshot is of the hub «" + received.hub() + "», not of «" + held.hub() + "»");
        }
        if (!received.origin().equals(held.origin())) {
            throw new SyncRefusedException(
                    Ground.OTHER_LOG,
                    "The snapshot is of the log «" + received.origin().orElse("") + "», not of «"
                            + held.origin().orElse("") + "»");
        }
        if (received.sequence() < held.sequence()) {
            throw new SyncRefusedException(
                    Ground.ROLLBACK,
                    "The snapshot has the sequence " + received.sequence() + ", lower than " + held.sequence()
                            + ", which was seen already");
        }
        if (received.sequence() == held.sequence()) {
            requireSame(held, received);
        } else {
            requireConsistent(held.checkpoint(), received.checkpoint());
        }
    }

    private static void requireSame(Claims held, Claims received) throws SyncRefusedException {
        if (!received.checkpoint().equals(held.checkpoint())
                || !received.digest().equals(held.digest())) {
            throw fork(held.checkpoint(), received.checkpoint());
        }
        if (received.issuedAt().isBefore(held.issuedAt())) {
            throw new SyncRefusedException(
                    Ground.ROLLBACK,
                    "The snapshot was issued at " + received.issuedAt() + ", before the one of " + held.issuedAt()
                            + ", which was seen already");
        }
    }

    private void requireConsistent(Checkpoint older, Checkpoint newer)
            throws SyncRefusedException, InterruptedException {
        // The log without entries is the beginning of every log: there is nothing to ask for.
        List<TreeHash> proof = older.size() == 0 ? List.of() : proof(older.size(), newer.size());
        if (!MerkleProofs.verifyConsistency(older, newer, proof)) {
            throw fork(older, newer);
        }
    }

    private List<TreeHash> proof(long from, long to) throws SyncRefusedException, InterruptedException {
        Answer answer = hub.proof(from, to);
        if (answer.status() == NOT_FOUND) {
            throw new SyncRefusedException(
                    Ground.NO_PROOF,
                    "The hub has no /v1/log/proof, so nothing shows that its " + to + " entries begin with the " + from
                            + " seen before");
        }
        Optional<List<TreeHash>> proof = answer.status() == OK ? hashes(answer.body()) : Optional.empty();
        return proof.orElseThrow(() -> new SyncRefusedException(
                Ground.NO_PROOF,
                "The hub answers " + answer.status() + " and no proof that its " + to + " entries begin with the "
                        + from + " seen before"));
    }

    private static Optional<List<TreeHash>> hashes(byte[] body) {
        JsonNode array = StrictJson.read(body).map(json -> json.path("proof")).orElse(null);
        if (array == null || !array.isArray()) {
            return Optional.empty();
        }
        List<TreeHash> hashes = new ArrayList<>();
        for (JsonNode node : array) {
            Optional<TreeHash> hash = TreeHash.parse(node.asText());
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            hashes.add(hash.get());
        }
        return Optional.of(hashes);
    }

    private static SyncRefusedException fork(Checkpoint older, Checkpoint newer) {
        return new SyncRefusedException(
                Ground.FORK,
                "The hub's log does not begin with what it showed before (" + text(older) + ", now " + text(newer)
                        + "): its history was rewritten, or it shows different people different ones. Keep both snapshots, and tell"
                        + " its operator and others who use it");
    }

    private static String text(Checkpoint checkpoint) {
        return checkpoint.size() + " entries with the root " + checkpoint.root().toBase64();
    }
}
