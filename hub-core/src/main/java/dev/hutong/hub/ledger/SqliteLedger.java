package dev.hutong.hub.ledger;

import com.zaxxer.hikari.HikariConfig;
import dev.hutong.registry.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/**
 * One SQLite file in WAL mode with {@code synchronous=FULL}: a block is one synchronisation of the WAL. A file of its own, since SQLite
 * has one writer at a time, and an approval of a change of the registry must not wait for blocks, nor they for it.
 *
 * <p>SQLite goes on writing into a file that was moved or deleted beneath it: that would lose what was acknowledged. So the file is made
 * once, connections open only what exists, and each use compares the path's file with the one that was opened.
 */
final class SqliteLedger implements LedgerDatabase {
    private static final int BUSY_WAIT_MS = 3_000;
    /**
     * After how many pages (of 4 KiB) the writer copies the WAL into the file: a quarter of SQLite's default, since a block that has to wait for
     * it waits a quarter as long, and nobody at a gate 5 ms.
     */
    private static final int CHECKPOINT_PAGES = 250;
    /** SQLite's primary result code is the low octet of an extended one (sqlite.org/rescode.html). */
    private static final int PRIMARY_CODE = 0xff;

    private final Path file;
    private final @Nullable Object identity;

    /** @param file made, readable by its owner only, where it is missing */
    SqliteLedger(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        if (Files.notExists(file)) {
            Files.createFile(file, OwnerOnly.file(file));
        }
        this.identity = fileKey();
    }

    @Override
    public void connect(HikariConfig pool) {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
        config.setBusyTimeout(BUSY_WAIT_MS);
        config.setGetGeneratedKeys(false); // Nobody asks for any, and each insertion would ask for its own.
        SQLiteDataSource sqlite = new SQLiteDataSource(config);
        // A file URI, not a plain path: in that the driver would take what follows a '?' for settings.
        sqlite.setUrl("jdbc:sqlite:" + file.toUri());
        pool.setDataSource(sqlite);
    }

    @Override
    public String migrations() {
        return "classpath:db/ledger/sqlite";
    }

    @Override
    public void requirePresent() {
        try {
            if (!Objects.equals(fileKey(), identity)) {
                throw new LedgerStoreException("The ledger " + file
                        + " cannot be used: another file has been put in its place. Put the one that was there back, or stop the hub,"
                        + " put a good copy there (with its -wal file, if there is one), and start it again.");
            }
        } catch (IOException gone) {
            throw new LedgerStoreException(
                    "The ledger " + file
                            + " cannot be used: the file is not there any more. Put it back; the hub goes on by itself.",
                    gone);
        }
    }

    private @Nullable Object fileKey() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public boolean isTaken(SQLException failure) {
        return primaryCode(failure) == SQLiteErrorCode.SQLITE_CONSTRAINT;
    }

    @Override
    public String remedy(SQLException failure) {
        return switch (primaryCode(failure)) {
            case SQLITE_FULL -> "The disk is full: make room on it, and the hub goes on by itself";
            case SQLITE_IOERR ->
                "The disk refused: look for free space, the size limit of files and faults of the disk;"
                        + " the hub goes on by itself when it writes again";
            case SQLITE_READONLY ->
                "It may not be written: give the hub's user the right to write the file, its -wal and -shm beside it, and the folder";
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                "The file cannot be opened: let the hub's user read and write it and its folder, and allow it enough open files";
            case SQLITE_BUSY, SQLITE_LOCKED -> "Another program has been writing in the file: end that one";
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
