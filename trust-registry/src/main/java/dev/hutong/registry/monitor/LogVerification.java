package dev.hutong.registry.monitor;

import dev.hutong.registry.Governance;
import dev.hutong.registry.LogEntry;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryReplay;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.monitor.LogSource.Absent;
import dev.hutong.registry.monitor.LogSource.Found;
import dev.hutong.registry.monitor.LogSource.NoAnswer;
import dev.hutong.registry.tlog.LogPolicy;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.NoteVerifier;
import dev.hutong.registry.tlog.Parsed;
import dev.hutong.registry.tlog.SignedCheckpoint;
import dev.hutong.registry.tlog.TilePath;
import dev.hutong.registry.tlog.WitnessQuorum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Verifies a whole registry log from outside: its checkpoint's signature and its witnesses', that entries, tiles and root belong together, that every entry
 * was signed by whom it must be and may follow those before it, and that it continues what was seen of it before. A stream: what is kept
 * is the hashes and the state, never the entries. For one log and one thread.
 */
public final class LogVerification {
    /** So many findings are named; that there are more is one of them. */
    static final int MOST_FINDINGS = 100;

    /** A log that claims more is not begun with: it would go on for hours, for a number that anybody can write. */
    private static final long MOST_ENTRIES = 20_000_000;

    private static final int LARGEST_CHECKPOINT = 1_000_000;
    private static final int BATCH = 16 * TilePath.FULL_WIDTH;

    private final LogSource source;
    private final SignatureProviders providers;
    private final Expectation expected;
    private final List<Finding> findings = new ArrayList<>();
    private final Decisions decisions = new Decisions();
    private final RegistryReplay replay;
    private final List<LogEntry> waiting = new ArrayList<>();
    private boolean replaying = true;
    private MerkleTree tree = MerkleTree.empty();

    /**
     * What somebody knows about a log before they look at it.
     *
     * @param logKey the key that signs its checkpoints; absent, the one that its genesis names is taken
     * @param witnesses who must have cosigned its checkpoint
     * @param seen the checkpoint seen when it was last verified, if it was
     * @param allowDevelopment whether entries that nobody signed are good
     */
    public record Expectation(
            Optional<NoteKey> logKey,
            WitnessQuorum witnesses,
            Optional<SignedCheckpoint> seen,
            boolean allowDevelopment) {
        /** That of who knows no witness. */
        public Expectation(Optional<NoteKey> logKey, Optional<SignedCheckpoint> seen, boolean allowDevelopment) {
            this(logKey, WitnessQuorum.NONE, seen, allowDevelopment);
        }
    }

    private LogVerification(LogSource source, Expectation expected, SignatureProviders providers) {
        this.source = source;
        this.expected = expected;
        this.providers = providers;
        this.replay = new RegistryReplay(providers);
    }

    /** Fetches and verifies the log. Never throws on what it fetches. */
    public static Verdict verify(LogSource source, Expectation expected, SignatureProviders providers)
            throws InterruptedException {
        return new LogVerification(source, expected, providers).verdict();
    }

    private Verdict verdict() throws InterruptedException {
        return switch (source.fetch("checkpoint", LARGEST_CHECKPOINT)) {
            case NoAnswer(String why) -> new Verdict.Unreachable(why);
            case Absent(String why) -> new Verdict.Unreachable("there is no checkpoint: " + why);
            case Found(byte[] octets) ->
                switch (SignedCheckpoint.parse(octets)) {
                    case Parsed.Malformed<SignedCheckpoint>(String reason) -> {
                        find(Finding.of("the checkpoint is no signed checkpoint: " + reason));
                        yield new Verdict.Faulty(findings);
                    }
                    case Parsed.Valid<SignedCheckpoint>(SignedCheckpoint checkpoint) -> verdictOn(checkpoint);
                };
        };
    }

    private Verdict verdictOn(SignedCheckpoint checkpoint) throws InterruptedException {
        long size = checkpoint.checkpoint().size();
        if (size > MOST_ENTRIES) {
            find(Finding.of("the checkpoint claims " + size + " entries, more than the " + MOST_ENTRIES
                    + " that are verified"));
            return new Verdict.Faulty(findings);
        }
        Optional<String> silence = readLeaves(size);
        if (silence.isEmpty() && tree.size() == size) {
            silence = compareUpperTiles();
        }
        if (silence.isPresent() && findings.isEmpty()) {
            return new Verdict.Unreachable(silence.get());
        }
        silence.ifPresent(why -> find(Finding.of("the log stopped answering: " + why)));
        compareRoot(checkpoint);
        compareWithSeen(checkpoint);
        if (developmentEntries() > 0 && !expected.allowDevelopment()) {
            find(Finding.of(
                    developmentEntries() + " entries are of a development registry: nobody signed or approved them"));
        }
        Optional<NoteKey> key = expected.logKey().or(this::keyOfGenesis);
        checkSignature(checkpoint, key);
        return findings.isEmpty() && key.isPresent()
                ? new Verdict.Verified(summary(checkpoint, key.get()))
                : new Verdict.Faulty(findings);
    }

    /** Why the log stopped answering, or empty where it did not. */
    private Optional<String> readLeaves(long size) throws InterruptedException {
        LeafReader reader = new LeafReader(source, this::find);
        while (tree.size() < size) {
            int width = (int) Math.min(TilePath.FULL_WIDTH, size - tree.size());
            switch (reader.read(tree.size() / TilePath.FULL_WIDTH, width)) {
                case LeafReader.NoAnswerAt(String why) -> {
                    return Optional.of(why);
                }
                case LeafReader.Missing() -> {
                    replayWaiting();
                    return Optional.empty();
                }
                case LeafReader.Bundle(List<LogEntry> entries, List<TreeHash> hashes) -> {
                    tree = tree.appendAll(hashes);
                    replay(entries, hashes.size());
                }
            }
        }
        replayWaiting();
        return Optional.empty();
    }

    private void replay(List<LogEntry> entries, int inBundle) {
        if (replaying) {
            waiting.addAll(entries);
            if (waiting.size() >= BATCH || entries.size() < inBundle) {
                replayWaiting();
            }
            replaying &= entries.size() == inBundle;
        }
    }

    private void replayWaiting() {
        if (!replaying || waiting.isEmpty()) {
            return;
        }
        Optional<String> fault = replay.take(List.copyOf(waiting));
        if (fault.isPresent()) {
            find(Finding.of(fault.get() + "; what follows it was not replayed"));
            replaying = false;
        } else {
            // Only the first entry of a log can found it.
            if (waiting.getFirst().event() instanceof Founded founded) {
                decisions.found(founded.genesis());
            }
            replay.enacted().forEach(decisions::take);
        }
        waiting.clear();
    }

    /** From level 1 on: those of level 0 were compared entry by entry. Why the log stopped answering, if it did. */
    private Optional<String> compareUpperTiles() throws InterruptedException {
        long hashes = tree.size() / TilePath.FULL_WIDTH;
        for (int level = 1; hashes > 0; level++) {
            for (long first = 0; first < hashes; first += TilePath.FULL_WIDTH) {
                int width = (int) Math.min(TilePath.FULL_WIDTH, hashes - first);
                Optional<String> silence = compare(new TilePath.OfHashes(level, first / TilePath.FULL_WIDTH, width));
                if (silence.isPresent()) {
                    return silence;
                }
            }
            hashes /= TilePath.FULL_WIDTH;
        }
        return Optional.empty();
    }

    private Optional<String> compare(TilePath.OfHashes tile) throws InterruptedException {
        return switch (source.fetch(tile.toString(), LeafReader.LARGEST_TILE)) {
            case NoAnswer(String why) -> Optional.of(why);
            case Absent(String why) -> {
                find(Finding.of(tile + ": the log does not have it: " + why));
                yield Optional.empty();
            }
            case Found(byte[] octets) -> {
                byte[] ours =
                        tree.tile(tile.level(), tile.index(), tile.width()).orElseThrow();
                if (!Arrays.equals(octets, ours)) {
                    find(Finding.of(tile + ": its hashes are not those of the entries below it"));
                }
                yield Optional.empty();
            }
        };
    }

    private void compareRoot(SignedCheckpoint checkpoint) {
        Checkpoint claimed = checkpoint.checkpoint();
        if (tree.size() == claimed.size() && !tree.root().equals(claimed.root())) {
            find(Finding.of("the checkpoint's root is not that of the " + claimed.size() + " entries shown: it says "
                    + claimed.root().toBase64() + ", and they have "
                    + tree.root().toBase64()));
        }
    }

    private void compareWithSeen(SignedCheckpoint checkpoint) {
        if (expected.seen().isEmpty()) {
            return;
        }
        Checkpoint seen = expected.seen().get().checkpoint();
        String origin = expected.seen().get().text().origin();
        if (!origin.equals(checkpoint.text().origin())) {
            find(Finding.of("the checkpoint seen before is of another log, " + origin));
        } else if (seen.size() > checkpoint.checkpoint().size()) {
            find(Finding.of(
                    "the log was rolled back: it had " + seen.size() + " entries when it was last seen, and has "
                            + checkpoint.checkpoint().size()));
        } else if (seen.size() <= tree.size() && !tree.checkpointAt(seen.size()).equals(seen)) {
            find(Finding.of(
                    "the log was forked: its first " + seen.size() + " entries are not those that were seen before"));
        }
    }

    /** How many entries nobody signed: a log that was not founded holds no others, and one that was holds none. */
    private long developmentEntries() {
        RegistrySnapshot registry = replay.snapshot();
        return registry.governance().isEmpty() ? registry.checkpoint().size() : 0;
    }

    private Optional<NoteKey> keyOfGenesis() {
        Optional<Governance> governance = replay.snapshot().governance();
        if (governance.isEmpty()) {
            find(Finding.of(
                    "nothing says by which key the checkpoint must be signed: the log has no genesis that was found"
                            + " good, and no key was given"));
            return Optional.empty();
        }
        return Optional.of(
                NoteKey.ofLog(governance.get().origin(), governance.get().logKey()));
    }

    private void checkSignature(SignedCheckpoint checkpoint, Optional<NoteKey> key) {
        if (key.isEmpty()) {
            return;
        }
        NoteVerifier verifier = new NoteVerifier(key.get(), providers);
        LogPolicy.of(verifier, expected.witnesses(), providers)
                .faultIn(checkpoint)
                .ifPresent(fault -> find(Finding.of(fault)));
        expected.seen()
                .filter(seen -> !verifier.hasSigned(seen.note()))
                .ifPresent(seen -> find(
                        Finding.of("the checkpoint seen before has no good signature of the log's key " + key.get())));
        replay.snapshot()
                .governance()
                .filter(governance -> !governance.logKey().equals(key.get().publicKey())
                        || !governance.origin().equals(key.get().name()))
                .ifPresent(governance -> find(Finding.at(
                        0,
                        "the genesis names the origin " + governance.origin() + " and another key than " + key.get())));
    }

    private List<Verdict.Cosigned> cosigned(SignedCheckpoint checkpoint) {
        return expected.witnesses().witnesses().stream()
                .flatMap(witness -> new NoteVerifier(witness, providers)
                        .cosignedAt(checkpoint.note()).stream().map(at -> new Verdict.Cosigned(witness, at)))
                .toList();
    }

    private Verdict.Summary summary(SignedCheckpoint checkpoint, NoteKey key) {
        RegistrySnapshot registry = replay.snapshot();
        List<String> operators = registry.governance().stream()
                .flatMap(governance -> governance.kidToOperator().values().stream())
                .map(operator -> operator.name() + " (key " + operator.id().value() + ")")
                .toList();
        return new Verdict.Summary(
                checkpoint,
                key,
                expected.logKey().isEmpty(),
                cosigned(checkpoint),
                expected.seen().stream()
                        .mapToLong(seen -> seen.checkpoint().size())
                        .findFirst(),
                developmentEntries(),
                registry.issuerCount(),
                operators,
                decisions.lines(),
                decisions.inAll());
    }

    private void find(Finding finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        } else if (findings.size() == MOST_FINDINGS) {
            findings.add(Finding.of("and more that is not named here"));
        }
    }
}
