package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.snapshot.Members.MalformedException;
import dev.hutong.registry.snapshot.SyncOutcome.Ground;
import dev.hutong.registry.snapshot.SyncedRegistry.Received;
import java.util.Optional;

/** Reads what one hub's key signed, and believes nothing else. Whether it is new enough is asked elsewhere. */
final class SnapshotReader {
    private final HubSignatures signatures;

    SnapshotReader(HubSignatures signatures) {
        this.signatures = signatures;
    }

    Received snapshot(String jws) throws SyncRefusedException {
        try {
            JsonNode payload = signatures.verified(jws, SnapshotSigner.SNAPSHOT_TYPE);
            Claims claims = Claims.read(payload);
            Entries entries = Entries.read(Members.object(payload, "entries"));
            return new Received(jws, Optional.empty(), claims, requireDigest(entries, claims));
        } catch (MalformedException malformed) {
            throw malformed("snapshot", malformed);
        }
    }

    Received delta(Received base, String jws) throws SyncRefusedException {
        try {
            JsonNode payload = signatures.verified(jws, SnapshotSigner.DELTA_TYPE);
            Claims claims = Claims.read(payload);
            long from = Members.count(payload, "from");
            if (from != base.claims().sequence()) {
                throw new SyncRefusedException(
                        Ground.OTHER_BASE,
                        "The difference leads from sequence " + from + ", and "
                                + base.claims().sequence() + " was asked for");
            }
            Entries entries = base.entries().with(Entries.read(Members.object(payload, "changed")));
            return new Received(base.snapshot(), Optional.of(jws), claims, requireDigest(entries, claims));
        } catch (MalformedException malformed) {
            throw malformed("difference", malformed);
        }
    }

    private static Entries requireDigest(Entries entries, Claims claims) throws SyncRefusedException {
        if (!entries.digest().equals(claims.digest())) {
            throw new SyncRefusedException(
                    Ground.DIGEST_MISMATCH,
                    "The entries have the digest " + entries.digest() + ", and the hub signed " + claims.digest()
                            + ": the hub contradicts itself");
        }
        return entries;
    }

    private static SyncRefusedException malformed(String what, MalformedException malformed) {
        return new SyncRefusedException(
                Ground.MALFORMED, "It is no " + what + " of a registry: " + malformed.getMessage());
    }
}
