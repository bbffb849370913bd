package dev.hutong.registry;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.hutong.registry.merkle.TreeHash;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * The registry log in a table of a relational database, a SQLite file or a PostgreSQL schema. Its statements are plain SQL.
 *
 * <p>The primary key orders the entries. Triggers refuse every update, every deletion, and an insertion anywhere but at the end, so that
 * not even a person with a database client changes the past by mistake.
 *
 * <p>After any failure the pool's connections are given up: the next call begins with new ones, so that a database that is back is used
 * again without a restart.
 */
public final class JdbcRegistryLog implements RegistryLog {
    private static final int POOL_SIZE = 4;
    private static final int CONNECTION_WAIT_MS = 4_000;
    private static final int VALIDATION_WAIT_MS = 2_000;
    /**
     * Entries of one query. Entries never change, so that a long reading may be several queries, and neither a driver nor a server has
     * to hold it as one.
     */
    private static final int PAGE = 8_192;
    /** Octets of the leaf that is tried: as many as the largest document that a hub takes. */
    private static final int TRIAL = 1 << 16;

    private final RegistryDatabase database;
    private final HikariDataSource pool;

    private JdbcRegistryLog(RegistryDatabase database, HikariDataSource pool) {
        this.database = database;
        this.pool = pool;
    }

    /**
     * The log in this SQLite file, which is made where it is missing. Every append is on the disk before it returns.
     *
     * @throws RegistryStorageException if the file is damaged, is no database, or is some other program's
     */
    public static JdbcRegistryLog openSqlite(Path file) {
        return open(new SqliteDatabase(file));
    }

    /**
     * The log in this PostgreSQL database, whose tables are made where they are missing. Every append is on the server's disk before it
     * returns. Any number of hubs may have it open.
     *
     * @throws RegistryStorageException if the server cannot be reached or refuses the login, or the schema is some other program's
     */
    public static JdbcRegistryLog openPostgres(PostgresStore store) {
        return open(new PostgresDatabase(store));
    }

    private static JdbcRegistryLog open(RegistryDatabase database) {
        HikariDataSource pool;
        try {
            database.admit();
            pool = pool(database);
        } catch (SQLException cause) {
            throw database.explain("cannot be opened", cause);
        }
        try {
            migrate(database, pool);
        } catch (RuntimeException failure) {
            pool.close();
            throw failure;
        }
        return new JdbcRegistryLog(database, pool);
    }

    private static HikariDataSource pool(RegistryDatabase database) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("registry");
        config.setMaximumPoolSize(POOL_SIZE);
        // None in store: while the database is gone or read-only the pool would fill with useless ones, or wait ever
        // longer between attempts, and the first calls after its return would fail.
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECTION_WAIT_MS);
        config.setValidationTimeout(VALIDATION_WAIT_MS);
        database.connect(config);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException cause) {
            throw sqlCause(cause).orElseThrow(() -> cause);
        }
    }

    private static void migrate(RegistryDatabase database, HikariDataSource pool) {
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/registry/common", database.migrations())
                    .table(RegistryDatabase.HISTORY_TABLE)
                    // By default Flyway accepts a schema newer than this program, and would write into it.
                    .ignoreMigrationPatterns(new String[0])
                    .validateMigrationNaming(true)
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (FlywayValidateException cause) {
            throw new RegistryStorageException(
                    "The registry log in " + database + " has another schema than this version of Hutong: "
                            + cause.getMessage(),
                    cause);
        } catch (FlywayException cause) {
            throw database.explain(
                    "cannot be brought to this version's schema",
                    sqlCause(cause).orElseGet(() -> new SQLException(cause)));
        }
    }

    private static Optional<SQLException> sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<LogEntry> read(long fromIndex, int limit) {
        requireRange(fromIndex, limit);
        return inDatabase("cannot be read", connection -> read(connection, fromIndex, limit));
    }

    private static void requireRange(long fromIndex, int limit) {
        if (fromIndex < 0 || limit < 0) {
            throw new IllegalArgumentException("No entries from " + fromIndex + " on, at most " + limit);
        }
    }

    private static List<LogEntry> read(Connection connection, long fromIndex, int limit) throws SQLException {
        List<LogEntry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT log_index, leaf FROM registry_log WHERE log_index >= ? ORDER BY log_index LIMIT ?")) {
            int wanted;
            do {
                wanted = Math.min(PAGE, limit - entries.size());
                select.setLong(1, fromIndex + entries.size());
                select.setInt(2, wanted);
            } while (addAll(entries, select) == PAGE && entries.size() < limit);
        }
        return Collections.unmodifiableList(entries);
    }

    private static int addAll(List<LogEntry> entries, PreparedStatement select) throws SQLException {
        int before = entries.size();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                entries.add(new LogEntry(rows.getLong(1), rows.getString(2)));
            }
        }
        return entries.size() - before;
    }

    /** Row by row from the octets of the database, whose texts are UTF-8: no text is made of them. */
    @Override
    public List<TreeHash> hashes(long fromIndex, int limit) {
        requireRange(fromIndex, limit);
        return inDatabase("cannot be read", connection -> hashes(connection, fromIndex, limit));
    }

    private static List<TreeHash> hashes(Connection connection, long fromIndex, int limit) throws SQLException {
        List<TreeHash> hashes = new ArrayList<>(Math.min(limit, PAGE));
        // A range, so that as many rows as places are those of these very places.
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT leaf FROM registry_log WHERE log_index >= ? AND log_index < ? ORDER BY log_index")) {
            select.setLong(1, fromIndex);
            select.setLong(2, fromIndex + limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    hashes.add(TreeHash.ofLeaf(rows.getBytes(1)));
                }
            }
        }
        return hashes;
    }

    @Override
    public long size() {
        return inDatabase("cannot be read", JdbcRegistryLog::size);
    }

    private static long size(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT COALESCE(MAX(log_index) + 1, 0) FROM registry_log");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public AppendResult append(long expectedSize, List<String> leaves) {
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to append");
        }
        return inDatabase("cannot be written", connection -> append(connection, expectedSize, leaves));
    }

    /** A connection that goes back to the pool without a commit is rolled back there: every early way out keeps nothing. */
    private AppendResult append(Connection connection, long expectedSize, List<String> leaves) throws SQLException {
        connection.setAutoCommit(false);
        long size = size(connection);
        if (size != expectedSize) {
            return new Conflict(size);
        }
        try {
            insert(connection, size, leaves);
            commit(connection);
            return new Appended(size + leaves.size());
        } catch (SQLException failure) {
            if (!database.lostTheRace(failure)) {
                throw failure;
            }
            connection.rollback();
            long newSize = size(connection);
            if (newSize == expectedSize) {
                throw failure;
            }
            return new Conflict(newSize);
        }
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException failure) {
            if (!database.mayHaveCommitted(failure)) {
                throw failure;
            }
            throw new UncertainAppendException(
                    "The registry log in %s may have been written or not: %s. %s"
                            .formatted(database, failure.getMessage(), database.remedy(failure)),
                    failure);
        }
    }

    @Override
    public void tryAppending() {
        requirePresent("cannot be written");
        try (Connection connection = database.connectForTrial()) {
            tryAppending(connection);
        } catch (SQLException failure) {
            throw database.explain("cannot be written", origin(failure));
        }
    }

    private void tryAppending(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            insert(connection, size(connection), List.of("x".repeat(TRIAL)));
        } catch (SQLException failure) {
            // Who was faster has written.
            if (!database.lostTheRace(failure)) {
                throw failure;
            }
        } finally {
            connection.rollback();
        }
    }

    private static void insert(Connection connection, long size, List<String> leaves) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO registry_log (log_index, leaf) VALUES (?, ?)")) {
            long index = size;
            for (String leaf : leaves) {
                insert.setLong(1, index++);
                insert.setString(2, leaf);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private void requirePresent(String deed) {
        database.absence().ifPresent(why -> {
            throw new RegistryStorageException("The registry log in %s %s: %s.".formatted(database, deed, why));
        });
    }

    private <T> T inDatabase(String deed, Work<T> work) {
        requirePresent(deed);
        try (Connection connection = pool.getConnection()) {
            return orGiveUp(connection, work);
        } catch (SQLException failure) {
            throw database.explain(deed, origin(failure));
        }
    }

    /** Gives the connections up while this one is still held: nobody gets one that may be broken. */
    private <T> T orGiveUp(Connection connection, Work<T> work) throws SQLException {
        try {
            return work.on(connection);
        } catch (SQLException | UncertainAppendException failure) {
            pool.getHikariPoolMXBean().softEvictConnections();
            throw failure;
        }
    }

    /** What the database said itself: a batch's failure repeats the leaf, and the pool's says only that it waited. */
    private static SQLException origin(SQLException failure) {
        if (failure instanceof BatchUpdateException && failure.getNextException() != null) {
            return failure.getNextException();
        }
        return failure.getCause() instanceof SQLException cause ? origin(cause) : failure;
    }

    @Override
    public void close() {
        pool.close();
    }
}
