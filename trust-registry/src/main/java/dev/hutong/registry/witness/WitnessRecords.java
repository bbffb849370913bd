package dev.hutong.registry.witness;

import dev.hutong.registry.DurableFile;
import dev.hutong.registry.OwnerOnly;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.tlog.Parsed;
import dev.hutong.registry.tlog.SignedCheckpoint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a witness countersigned last of each log: a folder with one file for each, held by this process alone. A file that cannot be read
 * is no reason to begin anew, for a witness that forgot would countersign a fork. For one thread at a time.
 */
public final class WitnessRecords implements AutoCloseable {
    private static final String SUFFIX = ".checkpoint";

    private final Path folder;
    private final FileChannel lock;
    private final Map<String, Checkpoint> originToLast;

    private WitnessRecords(Path folder, FileChannel lock, Map<String, Checkpoint> originToLast) {
        this.folder = folder;
        this.lock = lock;
        this.originToLast = originToLast;
    }

    /** What became of an attempt to open a folder. */
    public sealed interface Opening {}

    /** It is open, and this process's until it is closed. */
    public record Opened(WitnessRecords records) implements Opening {}

    /** It cannot be used as it stands; {@code why} says what to do. */
    public record NotUsable(String why) implements Opening {}

    /** Opens this folder, made with access for its owner only where it is missing. */
    public static Opening open(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, OwnerOnly.folder(folder));
            }
            FileChannel lock = FileChannel.open(
                    folder.resolve("witness.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Opening opening = new NotUsable("");
            try {
                opening = isLocked(lock)
                        ? read(folder, lock)
                        : new NotUsable("Another witness uses the folder " + folder
                                + ": stop it, or give this one a folder of its own.");
                return opening;
            } finally {
                if (!(opening instanceof Opened)) {
                    lock.close();
                }
            }
        } catch (IOException failure) {
            return new NotUsable("The folder " + folder + " cannot be used (" + failure
                    + "): give one that this user may create and write.");
        }
    }

    private static boolean isLocked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException heldHere) {
            return false;
        }
    }

    private static Opening read(Path folder, FileChannel lock) throws IOException {
        Map<String, Checkpoint> originToLast = new HashMap<>();
        for (Path file : files(folder)) {
            Parsed<SignedCheckpoint> parsed = SignedCheckpoint.parse(Files.readAllBytes(file));
            Optional<SignedCheckpoint> checkpoint = parsed.asOptional()
                    .filter(one -> file(folder, one.text().origin()).equals(file));
            if (checkpoint.isEmpty()) {
                return new NotUsable(file + " is damaged ("
                        + parsed.fault().orElse("its name is not that of the log in it")
                        + "). A witness that forgot what it cosigned could cosign a fork: restore the file, or begin anew with another"
                        + " key and another folder.");
            }
            originToLast.put(checkpoint.get().text().origin(), checkpoint.get().checkpoint());
        }
        return new Opened(new WitnessRecords(folder, lock, originToLast));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .toList();
        }
    }

    /** An origin may hold whatever a file's name cannot; its hash cannot collide and is short. */
    private static Path file(Path folder, String origin) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(hash) + SUFFIX);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /** What was countersigned last of the log of this origin; empty where nothing was. */
    Optional<Checkpoint> lastOf(String origin) {
        return Optional.ofNullable(originToLast.get(origin));
    }

    /** Keeps this checkpoint in place of the one before. When it returns, the checkpoint is on the disk. */
    void keep(SignedCheckpoint checkpoint) throws IOException {
        String origin = checkpoint.text().origin();
        if (!lastOf(origin).equals(Optional.of(checkpoint.checkpoint()))) {
            DurableFile.replace(file(folder, origin), checkpoint.octets());
            originToLast.put(origin, checkpoint.checkpoint());
        }
    }

    /** Lets the folder go. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
