package dev.hutong.registry.snapshot;

import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistrySnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a hub publishes of its registry: signed once for each size of the log, and again before its next update is due.
 *
 * <p>A snapshot's time is the instant at which the log was last seen to hold no more. While the store cannot be read no snapshot is issued
 * anew, and every client sees by the time that it is being kept waiting. All differences carry the claims of the snapshot that they lead to.
 *
 * <p>Threads: {@link #ready} never waits and may be called from an event loop; the others compute for as long as the registry is large.
 */
public final class SnapshotPublication {
    /** How many differences are kept for one snapshot; clients that come regularly ask for few different ones. */
    private static final int KEPT_DELTAS = 64;

    private final Registry registry;
    private final SnapshotSigner signer;
    private final long reach;
    private final ReentrantLock issuing = new ReentrantLock();
    private volatile @Nullable Edition latest;

    /** @param reach how many log entries back a difference may begin, from 0 */
    public SnapshotPublication(Registry registry, SnapshotSigner signer, long reach) {
        this.registry = registry;
        this.signer = signer;
        this.reach = reach;
    }

    /** A snapshot as it was issued, with the registry that it is of. */
    private record Edition(
            RegistrySnapshot registry, Claims claims, SignedSnapshot whole, Map<Long, SignedSnapshot> fromToDelta) {}

    /** What there is for a client that has the snapshot of an earlier size. */
    public sealed interface Difference {
        /** The way from there to now. */
        record Delta(SignedSnapshot delta) implements Difference {}

        /** It lies too far back; the whole snapshot is there. {@code oldest} is the earliest size that does not. */
        record TooOld(long oldest) implements Difference {}

        /** It lies ahead: this registry has {@code size} entries. */
        record Ahead(long size) implements Difference {}
    }

    /** The snapshot, where one is at hand that says how the registry now stands. */
    public Optional<SignedSnapshot> ready() {
        Edition edition = latest;
        return edition != null && isCurrent(edition) ? Optional.of(edition.whole()) : Optional.empty();
    }

    /** The snapshot, issued where none is at hand. */
    public SignedSnapshot snapshot() {
        return current().whole();
    }

    /**
     * The snapshot as it travels, with what it says about itself.
     *
     * @param claims those that were signed
     */
    public record Issued(SignedSnapshot snapshot, Claims claims) {}

    /** The snapshot with its claims, issued where none is at hand. */
    public Issued issued() {
        Edition edition = current();
        return new Issued(edition.whole(), edition.claims());
    }

    /** What has changed since the log had so many entries. */
    public Difference since(long from) {
        Edition edition = current();
        long size = edition.claims().sequence();
        if (from > size) {
            return new Difference.Ahead(size);
        }
        if (size - from > reach) {
            return new Difference.TooOld(size - reach);
        }
        issuing.lock();
        try {
            return new Difference.Delta(edition.fromToDelta()
                    .computeIfAbsent(from, base -> signer.delta(edition.claims(), base, edition.registry())));
        } finally {
            issuing.unlock();
        }
    }

    private boolean isCurrent(Edition edition) {
        Instant renewal = edition.claims().issuedAt().plus(signer.freshness().renewal());
        return edition.claims().sequence() == registry.snapshot().checkpoint().size()
                && registry.confirmedAt().isBefore(renewal);
    }

    private Edition current() {
        issuing.lock();
        try {
            Edition before = latest;
            if (before != null && isCurrent(before)) {
                return before;
            }
            Edition issued = issue(before);
            latest = issued;
            return issued;
        } finally {
            issuing.unlock();
        }
    }

    private Edition issue(@Nullable Edition before) {
        // In this order: the registry may have been confirmed again meanwhile, and then knows more than it has to.
        Instant confirmedAt = registry.confirmedAt();
        RegistrySnapshot snapshot = registry.snapshot();
        Entries entries = Entries.of(snapshot);
        Claims claims = signer.claims(snapshot, entries, notBefore(before, confirmedAt));
        return new Edition(snapshot, claims, signer.snapshot(claims, entries, snapshot), boundedMap());
    }

    /** Where a clock was set back, time stands still: an earlier one would look like an old snapshot put in the new one's place. */
    private static Instant notBefore(@Nullable Edition before, Instant instant) {
        return before != null && before.claims().issuedAt().isAfter(instant)
                ? before.claims().issuedAt()
                : instant;
    }

    private static Map<Long, SignedSnapshot> boundedMap() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, SignedSnapshot> eldest) {
                return size() > KEPT_DELTAS;
            }
        };
    }
}
