package dev.hutong.registry;

import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The registry of a running hub: the log, and the snapshot that is its fold.
 *
 * <p>Threads: {@link #confirmed}, {@link #snapshot} and {@link #confirmedAt} may be called from anywhere, an event loop too, and never wait.
 * {@link #refresh}, {@link #append} and {@link #tryStore} use the store and wait for one another; they belong on a thread that may block.
 */
public final class Registry implements AutoCloseable {
    /** Each conflict means that somebody else succeeded; this many in a row is no longer bad luck. */
    private static final int MAX_ATTEMPTS = 20;

    private static final Checkpoint NOTHING = MerkleTree.empty().checkpoint();

    private final RegistryLog log;
    private final SignatureProviders providers;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile ConfirmedSnapshot current;
    /** When that was, by what nobody sets back; read and written under the lock. */
    private long confirmedNanos;

    private volatile Optional<RegistryStorageException> writeFault = Optional.empty();
    private volatile Consumer<Checkpoint> appended = head -> {};

    private Registry(
            RegistryLog log,
            SignatureProviders providers,
            InstantSource clock,
            RegistrySnapshot beginning,
            Checkpoint verified,
            LongSupplier nanoTime) {
        this.log = log;
        this.providers = providers;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.confirmedNanos = nanoTime.getAsLong();
        this.current = caughtUp(beginning, verified);
    }

    /**
     * The registry over this log, folded from its beginning with every signature checked. The registry owns the log from here on and closes
     * it.
     *
     * @throws CorruptRegistryException if the log holds what no registry wrote
     * @throws RegistryStorageException if the log cannot be read
     */
    public static Registry open(RegistryLog log, SignatureProviders providers, InstantSource clock) {
        return open(log, providers, clock, NOTHING);
    }

    /**
     * The registry over this log, folded from its beginning. Signatures are checked of the entries after {@code verified}; before it, the
     * hashes are enough to know that the log is the one whose signatures were checked then.
     *
     * @param verified a checkpoint of this log at which all signatures had been checked, kept where nobody else writes
     * @throws CorruptRegistryException if the log holds what no registry wrote, or does not begin with what {@code verified} commits to
     * @throws RegistryStorageException if the log cannot be read
     */
    public static Registry open(
            RegistryLog log, SignatureProviders providers, InstantSource clock, Checkpoint verified) {
        return open(log, providers, clock, verified, System::nanoTime);
    }

    /**
     * Likewise, but only hashed, and not folded from its beginning, as far as a fold of it was kept.
     *
     * @param kept what the log's first entries were folded to, where they are still those
     */
    public static Registry open(
            RegistryLog log, SignatureProviders providers, InstantSource clock, Checkpoint verified, KeptFold kept) {
        return new Registry(log, providers, clock, kept.beginningOf(log, verified), verified, System::nanoTime);
    }

    /** @param nanoTime nanoseconds that never go back, by which the age of a confirmation is told where the clock was set back */
    static Registry open(
            RegistryLog log,
            SignatureProviders providers,
            InstantSource clock,
            Checkpoint verified,
            LongSupplier nanoTime) {
        return new Registry(log, providers, clock, RegistryFold.empty(), verified, nanoTime);
    }

    /** The registry as last seen, and when that was. */
    public ConfirmedSnapshot confirmed() {
        return current;
    }

    /** The registry as last seen. Keep it for the whole of one decision. */
    public RegistrySnapshot snapshot() {
        return current.snapshot();
    }

    /**
     * The last instant at which the snapshot was known to be all that the log held. Grows old while the store cannot be read; where the
     * clock is set back meanwhile, it is told by the clock as it goes then, from the next {@link #refresh} that fails on.
     */
    public Instant confirmedAt() {
        return current.at();
    }

    /**
     * Why the store took nothing when it was last to be written; empty where it did, or would since. It is tried again by
     * {@link #tryStore}.
     */
    public Optional<RegistryStorageException> writeFault() {
        return writeFault;
    }

    /**
     * Takes up what others have appended. Where this throws, the snapshot stays as it was, and its age as it is.
     *
     * @throws CorruptRegistryException if the log shrank, or holds what no registry wrote
     * @throws RegistryStorageException if the log cannot be read
     */
    public RegistrySnapshot refresh() {
        writing.lock();
        try {
            long asked = nanoTime.getAsLong();
            ConfirmedSnapshot next = caughtUp(snapshot(), NOTHING);
            current = next;
            confirmedNanos = asked;
            return next.snapshot();
        } catch (RegistryStorageException failure) {
            keepAge();
            throw failure;
        } finally {
            writing.unlock();
        }
    }

    /** Of a clock that was set back an hour, what was confirmed before would look young for an hour. */
    private void keepAge() {
        Instant at = clock.instant().minusNanos(nanoTime.getAsLong() - confirmedNanos);
        if (at.isBefore(current.at())) {
            current = new ConfirmedSnapshot(current.snapshot(), at);
        }
    }

    /**
     * Appends these events together, or none of them. When it returns {@link Appended}, they are durable and in the snapshot.
     *
     * @throws IllegalArgumentException if there are no events, or one does not come back from its own text
     * @throws UncertainAppendException if the store fails so that they may have been kept
     * @throws RegistryStorageException if the store fails otherwise: nothing was kept
     */
    public Outcome append(List<RegistryEvent> events) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to append");
        }
        writing.lock();
        try {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                RegistrySnapshot base = refresh();
                Optional<EventRefusal> refusal = RegistryFold.refusalOf(base, events, providers);
                if (refusal.isPresent()) {
                    return new Refused(refusal.get());
                }
                switch (write(base, events)) {
                    case RegistryLog.Appended _ -> {
                        Checkpoint head = readBack().checkpoint();
                        appended.accept(head);
                        return new Appended(head);
                    }
                    case RegistryLog.Conflict _ -> {
                        // Another hub was first: its events may forbid ours, so decide anew on what the log holds now.
                    }
                }
            }
            throw new RegistryStorageException(
                    "Other hubs appended " + MAX_ATTEMPTS + " times in between: try again later");
        } finally {
            writing.unlock();
        }
    }

    private RegistryLog.AppendResult write(RegistrySnapshot base, List<RegistryEvent> events) {
        try {
            RegistryLog.AppendResult result = log.append(
                    base.checkpoint().size(),
                    events.stream().map(Registry::leafOf).toList());
            if (result instanceof RegistryLog.Appended) {
                writeFault = Optional.empty();
            }
            return result;
        } catch (RegistryStorageException failure) {
            writeFault = Optional.of(failure);
            throw failure;
        }
    }

    private RegistrySnapshot readBack() {
        try {
            return refresh();
        } catch (RegistryStorageException failure) {
            throw new UncertainAppendException("It was appended, and then: " + failure.getMessage(), failure);
        }
    }

    /** Tries the store again, where the last append failed by it; {@link #writeFault} has what came of it. */
    public void tryStore() {
        if (writeFault.isEmpty()) {
            return;
        }
        writing.lock();
        try {
            log.tryAppending();
            writeFault = Optional.empty();
        } catch (RegistryStorageException stillSo) {
            writeFault = Optional.of(stillSo);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Says who is told of the log's new head whenever something was appended here, in the place of whoever was told before.
     *
     * @param listener called by the thread that appends, which it must not hold up; it throws nothing
     */
    public void whenAppended(Consumer<Checkpoint> listener) {
        appended = listener;
    }

    /** Closes the log. Snapshots already taken stay usable. */
    @Override
    public void close() {
        log.close();
    }

    /** What cannot be read again would leave a log that nobody can open any more. */
    private static String leafOf(RegistryEvent event) {
        String leaf = RegistryEventCodec.encode(event);
        if (!RegistryEventCodec.decode(leaf).equals(event)) {
            throw new IllegalArgumentException("The event says something else than its text: " + leaf);
        }
        return leaf;
    }

    private ConfirmedSnapshot caughtUp(RegistrySnapshot from, Checkpoint verified) {
        // Taken before reading: what is appended while we read is not confirmed.
        Instant asked = clock.instant();
        long size = log.size();
        if (size < Math.max(from.checkpoint().size(), verified.size())) {
            throw new CorruptRegistryException("The registry log has " + size + " entries, fewer than the "
                    + Math.max(from.checkpoint().size(), verified.size())
                    + " already seen: an older copy was put in its place");
        }
        if (size == from.checkpoint().size()) {
            return new ConfirmedSnapshot(from, asked);
        }
        RegistryFold fold = RegistryFold.from(from, providers);
        ReadAhead entries = new ReadAhead(log, fold.size());
        for (List<DecodedEntry> batch = entries.next(); !batch.isEmpty(); batch = entries.next()) {
            for (DecodedEntry entry : batch) {
                takeNext(fold, entry, verified);
            }
            fold.requireSignatures();
        }
        if (fold.size() < size) {
            throw new CorruptRegistryException("The registry log has a gap at entry " + fold.size());
        }
        return new ConfirmedSnapshot(fold.snapshot(), asked);
    }

    private static void takeNext(RegistryFold fold, DecodedEntry entry, Checkpoint verified) {
        fold.take(entry);
        if (fold.size() > verified.size()) {
            return;
        }
        fold.takeSignaturesAsChecked();
        if (fold.size() == verified.size() && !fold.checkpoint().equals(verified)) {
            throw new CorruptRegistryException(
                    "The first " + verified.size()
                            + " entries of the registry log are not those whose signatures were checked: the log was rewritten");
        }
    }

    /** What became of {@link Registry#append}. */
    public sealed interface Outcome {}

    /** The events are durable; {@code checkpoint} covers them. */
    public record Appended(Checkpoint checkpoint) implements Outcome {}

    /** The events cannot follow what the log holds; none was appended. */
    public record Refused(EventRefusal why) implements Outcome {}
}
