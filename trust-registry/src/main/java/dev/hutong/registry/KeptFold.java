package dev.hutong.registry;

import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.merkle.TreeHash;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with what a log's first entries were folded to, so that the next start need not fold them again. It is a copy and never the truth:
 * the entries are hashed at every start, and where the file does not fit them, or did not come from this very hub, they are folded.
 *
 * <p>It holds the name of the code that folded, the checkpoint of the entries and what {@link FoldWriter} writes; at its end, the log key's
 * signature over all that. So it is believed where the log's key made it, the same code reads it, and the log hashes to its root. For one
 * thread.
 */
public final class KeptFold {
    private static final Logger LOG = LoggerFactory.getLogger(KeptFold.class);

    /** They are folded in a quarter of a second. */
    static final int WORTH_KEEPING = 20_000;

    /** What is signed begins with it, and no checkpoint does: the second line of one is a number. */
    private static final String PURPOSE = "hutong registry fold\nSHA-256 ";

    /** Of Ed25519, a log key's only algorithm. */
    private static final int SIGNATURE_OCTETS = 64;

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final String code;
    private final PrivateJwk logKey;
    private final SignatureProviders providers;
    /** Of how many entries the file has the fold; 0 where there is none, or none that is believed. */
    private long size;

    /** @param code the name of the code that folds, such as {@link RunningCode#name} */
    public KeptFold(Path file, String code, PrivateJwk logKey, SignatureProviders providers) {
        this.file = file;
        this.code = code;
        this.logKey = logKey;
        this.providers = providers;
    }

    /** What the file was read as. */
    private sealed interface Reading {
        /** The log's key and this code wrote it. */
        record Known(Checkpoint checkpoint, ByteBuffer fold) implements Reading {}

        /** It says nothing that can be relied on. */
        record Unknown(String why) implements Reading {}
    }

    /**
     * The registry after the log's first entries: as the file has it, where those are the entries that it was folded from; after none
     * otherwise, and the hub's own log says why.
     *
     * @param verified up to where the signatures in the log had been checked
     * @throws RegistryStorageException if the log cannot be read
     */
    RegistrySnapshot beginningOf(RegistryLog log, Checkpoint verified) {
        return switch (read()) {
            case Reading.Unknown(String why) -> {
                LOG.info("The registry log is folded from its first entry, since {}", why);
                yield RegistryFold.empty();
            }
            case Reading.Known known
            when isBeyond(known.checkpoint(), verified) -> {
                LOG.info(
                        "The registry log is folded from its first entry, since {} is of {} entries, whose signatures are"
                                + " not known to have been checked",
                        file,
                        known.checkpoint().size());
                yield RegistryFold.empty();
            }
            case Reading.Known known -> hashed(known, log).orElseGet(RegistryFold::empty);
        };
    }

    private static boolean isBeyond(Checkpoint kept, Checkpoint verified) {
        return kept.size() > verified.size() || (kept.size() == verified.size() && !kept.equals(verified));
    }

    /** While some cores hash the entries, another reads what they were folded to. */
    private Optional<RegistrySnapshot> hashed(Reading.Known known, RegistryLog log) {
        Checkpoint kept = known.checkpoint();
        try (ExecutorService cores =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            CompletableFuture<Optional<Function<MerkleTree, RegistrySnapshot>>> fold =
                    CompletableFuture.supplyAsync(() -> readFold(known.fold()), cores);
            MerkleTree tree = LeafHashes.tree(log, kept.size(), cores);
            if (!tree.checkpoint().equals(kept)) {
                LOG.warn(
                        "The registry log is folded from its first entry: its first {} are not those that {} was folded from",
                        kept.size(),
                        file);
                return Optional.empty();
            }
            Optional<RegistrySnapshot> snapshot = fold.join().map(without -> without.apply(tree));
            size = snapshot.isPresent() ? kept.size() : 0;
            snapshot.ifPresent(_ -> LOG.info("The registry's first {} entries are folded in {}", kept.size(), file));
            return snapshot;
        }
    }

    /** Empty where this very code wrote what it cannot read, which would be a mistake in it, and no reason not to start. */
    private Optional<Function<MerkleTree, RegistrySnapshot>> readFold(ByteBuffer fold) {
        try {
            return Optional.of(FoldReader.read(fold, providers));
        } catch (RuntimeException mistake) {
            LOG.error("The registry log is folded from its first entry: {} cannot be read again", file, mistake);
            return Optional.empty();
        }
    }

    private Reading read() {
        byte[] octets;
        try {
            octets = Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return new Reading.Unknown("there is no " + file + " yet");
        } catch (IOException failure) {
            return new Reading.Unknown(file + " cannot be read: " + failure);
        }
        int signed = octets.length - SIGNATURE_OCTETS;
        if (signed < 0 || !isSigned(octets, signed)) {
            return new Reading.Unknown(file + " is not what the log's key signed");
        }
        return read(ByteBuffer.wrap(octets, 0, signed));
    }

    private boolean isSigned(byte[] octets, int signed) {
        MessageDigest sha256 = sha256();
        sha256.update(octets, 0, signed);
        byte[] signature = Arrays.copyOfRange(octets, signed, octets.length);
        return providers.verifier(logKey.publicJwk()).verify(statement(sha256), signature);
    }

    private Reading read(ByteBuffer signed) {
        byte[] by = new byte[signed.getInt()];
        signed.get(by);
        if (!code.equals(new String(by, StandardCharsets.UTF_8))) {
            return new Reading.Unknown(file + " was written by another build of Hutong");
        }
        long entries = signed.getLong();
        byte[] root = new byte[TreeHash.WIDTH];
        signed.get(root);
        return new Reading.Known(new Checkpoint(entries, TreeHash.of(root)), signed);
    }

    /**
     * Replaces the file, durably, where the next start would have much to fold without it.
     *
     * @param snapshot of a log whose signatures have all been checked, as the note of it on the disk says already
     * @throws IOException if that failed; the file is as it was, or as it should be
     */
    public void keep(RegistrySnapshot snapshot) throws IOException {
        long entries = snapshot.checkpoint().size();
        if (entries - size >= WORTH_KEEPING) {
            write(snapshot);
            size = entries;
        }
    }

    void write(RegistrySnapshot snapshot) throws IOException {
        DurableFile.replace(file, to -> write(snapshot, to));
    }

    private void write(RegistrySnapshot snapshot, OutputStream to) throws IOException {
        MessageDigest sha256 = sha256();
        DataOutputStream signed =
                new DataOutputStream(new BufferedOutputStream(new DigestOutputStream(to, sha256), BUFFER));
        byte[] by = code.getBytes(StandardCharsets.UTF_8);
        signed.writeInt(by.length);
        signed.write(by);
        signed.writeLong(snapshot.checkpoint().size());
        signed.write(snapshot.checkpoint().root().octets());
        FoldWriter.write(snapshot, signed);
        signed.flush();
        to.write(providers.signer(logKey).sign(statement(sha256)));
    }

    private static byte[] statement(MessageDigest sha256) {
        return (PURPOSE + HexFormat.of().formatHex(sha256.digest())).getBytes(StandardCharsets.US_ASCII);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
