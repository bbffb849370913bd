package dev.hutong.registry;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/**
 * One SQLite file in WAL mode with {@code synchronous=FULL}: an append is one synchronisation of the WAL.
 *
 * <p>SQLite goes on writing into a file that was moved or deleted beneath it, and makes a new one where a path is empty. Either would
 * lose entries that were acknowledged. So the file is made once, connections open only what exists, and every use first compares the
 * path's file with the one that was opened.
 */
final class SqliteDatabase implements RegistryDatabase {
    private static final int BUSY_WAIT_MS = 5_000;
    /** SQLite's primary result code is the low octet of an extended one (sqlite.org/rescode.html). */
    private static final int PRIMARY_CODE = 0xff;

    private static final int TRIAL_PAGES = 4;

    private final Path file;
    private @Nullable Object identity;

    SqliteDatabase(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public void connect(HikariConfig pool) {
        pool.setDataSource(connections(settings()));
    }

    private static SQLiteConfig settings() {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_WAIT_MS);
        // A writer takes its lock when it begins, so that the size it reads is still true when it inserts.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return config;
    }

    /** With a cache too small for what is tried: SQLite writes what does not fit in it into the WAL, where nobody reads it without its commit. */
    @Override
    public Connection connectForTrial() throws SQLException {
        SQLiteConfig config = settings();
        config.setCacheSize(TRIAL_PAGES);
        return connections(config).getConnection();
    }

    private DataSource connections(SQLiteConfig config) {
        SQLiteDataSource sqlite = new SQLiteDataSource(config);
        // A file URI, not a plain path: in that the driver would take what follows a '?' for settings.
        sqlite.setUrl("jdbc:sqlite:" + file.toUri());
        return sqlite;
    }

    @Override
    public String migrations() {
        return "classpath:db/registry/sqlite";
    }

    /** By a connection that sets nothing: even the journal mode would be written. A file that is missing or empty is a new registry. */
    @Override
    public void admit() throws SQLException {
        try (Connection connection = connections(new SQLiteConfig()).getConnection()) {
            List<String> tables =
                    RegistryDatabase.texts(connection, "SELECT name FROM sqlite_master WHERE type = 'table'");
            if (!tables.isEmpty() && !tables.contains(HISTORY_TABLE)) {
                throw new RegistryStorageException(file + " is a database of another program: it has no registry");
            }
            List<String> findings = RegistryDatabase.texts(connection, "PRAGMA quick_check(1)");
            if (!findings.equals(List.of("ok"))) {
                throw new CorruptRegistryException(file + " is damaged: " + findings);
            }
        }
        try {
            identity = fileKey();
        } catch (IOException gone) {
            throw new RegistryStorageException(file + " went away while it was opened", gone);
        }
    }

    @Override
    public Optional<String> absence() {
        try {
            return Objects.equals(fileKey(), identity)
                    ? Optional.empty()
                    : Optional.of(
                            "another file has been put in its place. Put the one that was there back, or stop the hub,"
                                    + " put a good copy there (with its -wal file, if there is one), and start it again");
        } catch (IOException gone) {
            return Optional.of("the file is not there any more. Put it back; the hub goes on by itself");
        }
    }

    private @Nullable Object fileKey() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Where it is whole in the WAL and only its synchronisation failed: it is not there now, but may be after a crash. */
    @Override
    public boolean mayHaveCommitted(SQLException failure) {
        return failure instanceof SQLiteException sqlite
                && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_FSYNC;
    }

    /** Never: who holds the write lock is alone. */
    @Override
    public boolean lostTheRace(SQLException failure) {
        return false;
    }

    @Override
    public boolean isDamage(SQLException failure) {
        SQLiteErrorCode code = primaryCode(failure);
        return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    @Override
    public String remedy(SQLException failure) {
        return switch (primaryCode(failure)) {
            case SQLITE_FULL -> "The disk is full: make room on it, and the hub goes on by itself";
            case SQLITE_IOERR ->
                "The disk refused: look for free space, the size limit of files and faults of the disk;"
                        + " the hub goes on by itself when it writes again";
            case SQLITE_READONLY ->
                "It may not be written: give the hub's user the right to write the file, its -wal and -shm beside it, and the folder,"
                        + " or mount the disk for writing";
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                "The file cannot be opened: put it back where it was, and let the hub's user read and write it and its folder";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "Another program has been writing in the file for more than %d s: end that one"
                        .formatted(BUSY_WAIT_MS / 1_000);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "The file is damaged: stop the hub, put a good copy in its place and start it again";
            default -> "Look at the file, its folder and its disk, and try again";
        };
    }

    private static SQLiteErrorCode primaryCode(SQLException failure) {
        return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & PRIMARY_CODE);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
