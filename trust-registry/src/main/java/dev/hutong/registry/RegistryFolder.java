package dev.hutong.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hub's data folder, held by this process alone: {@code registry.db}, the log, and {@code hub.lock}, which keeps a hub and a command
 * from writing at once. Nothing that is already in the folder is ever replaced. Where the log is in PostgreSQL instead, several hubs
 * share it, each with a folder of its own.
 */
public final class RegistryFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryFolder.class);
    private static final String DATABASE = "registry.db";

    private final Path path;
    private final FolderLock lock;
    private final RegistryLog log;

    private RegistryFolder(Path path, FolderLock lock, RegistryLog log) {
        this.path = path;
        this.lock = lock;
        this.log = log;
    }

    /** What became of an attempt to open a folder. */
    public sealed interface Opening {}

    /** It is open, and this process's until it is closed. */
    public record Opened(RegistryFolder folder) implements Opening {}

    /** A hub or a command has it open; nothing was touched. */
    public record HeldByAnother(String why, String remedy) implements Opening {}

    /** It cannot be a data folder as it stands; nothing that was in it was changed. */
    public record NotUsable(String why, String remedy) implements Opening {}

    /** Whether there is a registry in this folder already; looks, and changes nothing. */
    public static boolean holdsRegistry(Path folder) {
        return Files.exists(folder.resolve(DATABASE));
    }

    /**
     * Opens this folder, made with access for its owner only where it is missing, and the log in it. Never waits for another process.
     */
    public static Opening tryOpen(Path folder) {
        return tryOpen(folder, lock -> openWithSqlite(folder, lock));
    }

    /**
     * Opens this folder, made with access for its owner only where it is missing, and the log in this database. A folder with a log of
     * its own is refused: which of the two is the truth is for a person to say. Never waits for another process.
     */
    public static Opening tryOpen(Path folder, PostgresStore store) {
        return tryOpen(folder, lock -> openWithPostgres(folder, lock, store));
    }

    private interface LockedStep {
        Opening open(FolderLock lock) throws IOException;
    }

    private static Opening tryOpen(Path folder, LockedStep step) {
        try {
            createFolder(folder);
            return switch (FolderLock.tryLock(folder)) {
                case FolderLock.Held(String holder) ->
                    new HeldByAnother(
                            "The data folder " + folder + " is in use by " + holder,
                            "Stop the hub that uses it, or give another folder; an issuer can be added before the hub starts.");
                case FolderLock.Locked(FolderLock lock) -> openLocked(lock, step);
            };
        } catch (IOException cause) {
            return new NotUsable(
                    "The data folder " + folder + " cannot be used: " + cause,
                    "Give a folder that this user may create and write, on a local disk.");
        }
    }

    private static Opening openLocked(FolderLock lock, LockedStep step) throws IOException {
        boolean opened = false;
        try {
            Opening opening = step.open(lock);
            opened = opening instanceof Opened;
            return opening;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private static Opening openWithSqlite(Path folder, FolderLock lock) throws IOException {
        try {
            Path database = folder.resolve(DATABASE);
            createDatabaseFile(database);
            return new Opened(new RegistryFolder(folder, lock, JdbcRegistryLog.openSqlite(database)));
        } catch (RegistryStorageException cause) {
            return new NotUsable(
                    String.valueOf(cause.getMessage()),
                    "Nothing was changed. Give another folder, or put a good copy of " + DATABASE
                            + " (with its -wal file, if there is one) in its place.");
        }
    }

    private static Opening openWithPostgres(Path folder, FolderLock lock, PostgresStore store) {
        if (holdsRegistry(folder)) {
            return new NotUsable(
                    "The data folder " + folder + " holds a registry of its own in " + DATABASE
                            + ", and the hub is told to use the one in " + store,
                    "Leave the database's URL out, or give another folder, or move " + DATABASE
                            + " and its -wal file away if they are of no more use.");
        }
        try {
            return new Opened(new RegistryFolder(folder, lock, JdbcRegistryLog.openPostgres(store)));
        } catch (RegistryStorageException cause) {
            return new NotUsable(
                    String.valueOf(cause.getMessage()),
                    "Nothing was changed. Give the URL, user and password of a database that runs and is the registry's own.");
        }
    }

    private static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, OwnerOnly.folder(folder));
            return;
        }
        // An existing folder may be a mount, or somebody's home: warn, but leave its permissions to its owner.
        if (OwnerOnly.isPosix(folder) && OwnerOnly.letsOthersIn(Files.getPosixFilePermissions(folder))) {
            LOG.warn("Others may look into the data folder {}: chmod 700 closes it", folder);
        }
    }

    /** SQLite gives its journal files the permissions of the database, so that making this one first settles all three. */
    private static void createDatabaseFile(Path database) throws IOException {
        if (Files.notExists(database)) {
            Files.createFile(database, OwnerOnly.file(database));
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Where the key is kept that the hub signs decisions with. */
    public Path hubKeyFile() {
        return path.resolve("hub-key.jwk.json");
    }

    /** Where the key is kept that the log's checkpoints are signed with. */
    public Path logKeyFile() {
        return path.resolve("log-key.jwk.json");
    }

    /** Where the key is kept that access tokens are signed with. */
    public Path tokenKeyFile() {
        return path.resolve("token-key.jwk.json");
    }

    /** Where the key is kept that the hub signs statements of OpenID Federation with. */
    public Path federationKeyFile() {
        return path.resolve("federation-key.jwk.json");
    }

    /** Where {@link VerifiedCheckpoint} keeps up to which entry all signatures have been checked. */
    public Path verifiedCheckpointFile() {
        return path.resolve("verified.checkpoint");
    }

    /** Where {@link KeptFold} keeps what the log was folded to. */
    public Path foldFile() {
        return path.resolve("registry.fold");
    }

    /** The registry log in it; closed with the folder. */
    public RegistryLog log() {
        return log;
    }

    /** Closes the log, then lets the next process in. */
    @Override
    public void close() {
        log.close();
        try {
            lock.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("The data folder " + path + " could not be let go", failure);
        }
    }
}
