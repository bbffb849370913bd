package dev.hutong.registry.snapshot;

import java.util.Optional;

/** What became of a client's visit to a hub. */
public sealed interface SyncOutcome {
    /**
     * The hub's snapshot is good, and newer than what was held.
     *
     * @param since what was held before, if anything was
     */
    record Synced(Optional<Held> since, SyncedRegistry registry) implements SyncOutcome {}

    /** The log has not grown. The snapshot is the one that was held, or signed anew. */
    record Unchanged(SyncedRegistry registry) implements SyncOutcome {}

    /** What the hub gave is not good; what was held stays. */
    record Refused(Ground ground, String reason) implements SyncOutcome {}

    /** Everything for which a snapshot is refused. */
    enum Ground {
        /** The hub gave none. */
        NO_SNAPSHOT,
        /** It is no snapshot, or only a part of one. */
        MALFORMED,
        /** Another key than the hub's signed it. */
        OTHER_KEY,
        /** The signature is not the hub's key's over it. */
        BAD_SIGNATURE,
        /** Another hub issued it. */
        OTHER_HUB,
        /** It is of another log. */
        OTHER_LOG,
        /** The difference begins at another snapshot than the one that was held. */
        OTHER_BASE,
        /** The entries are not those that the digest names. */
        DIGEST_MISMATCH,
        /** It was good until a time that has come. */
        EXPIRED,
        /** It was issued at a time that has not come. */
        FROM_THE_FUTURE,
        /** It is older than what was held. */
        ROLLBACK,
        /** It is of a log that does not begin with what was held. */
        FORK,
        /** The hub does not prove that its log begins with what was held. */
        NO_PROOF
    }
}
