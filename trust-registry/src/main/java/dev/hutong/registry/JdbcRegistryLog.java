package dev.hutong.registry;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The registry log in a table of a relational database. Its statements are plain SQL; only {@link #openSqlite} knows SQLite.
 *
 * <p>The primary key orders the entries. Triggers refuse every update, every deletion, and an insertion anywhere but at the end, so that
 * not even a person with a database client changes the past by mistake.
 */
public final class JdbcRegistryLog implements RegistryLog {
    private static final String HISTORY_TABLE = "registry_schema_history";
    private static final int POOL_SIZE = 4;
    private static final int WAIT_MS = 5_000;

    private final HikariDataSource pool;

    private JdbcRegistryLog(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * The log in this SQLite file, which is made where it is missing. Every append is on the disk before it returns (WAL with
     * {@code synchronous=FULL}).
     *
     * @throws RegistryStorageException if the file is damaged, is no database, or is some other program's
     */
    public static JdbcRegistryLog openSqlite(Path file) {
        checkOwnership(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(WAIT_MS);
        // A writer takes its lock when it begins, so that the size it reads is still true when it inserts.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource sqlite = new SQLiteDataSource(config);
        sqlite.setUrl("jdbc:sqlite:" + file);
        return open(sqlite, "classpath:db/registry/sqlite", file.toString());
    }

    private static JdbcRegistryLog open(DataSource database, String migrations, String name) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("registry");
        config.setDataSource(database);
        config.setMaximumPoolSize(POOL_SIZE);
        config.setConnectionTimeout(WAIT_MS);
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (RuntimeException cause) {
            throw new RegistryStorageException(
                    "The registry in " + name + " cannot be opened: " + cause.getMessage(), cause);
        }
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/registry/common", migrations)
                    .table(HISTORY_TABLE)
                    // By default Flyway accepts a schema newer than this program, and would write into it.
                    .ignoreMigrationPatterns(new String[0])
                    .validateMigrationNaming(true)
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
            return new JdbcRegistryLog(pool);
        } catch (FlywayException cause) {
            pool.close();
            throw new RegistryStorageException(
                    "The registry in " + name + " has another schema than this version of Hutong: "
                            + cause.getMessage(),
                    cause);
        }
    }

    /**
     * Refuses a damaged file and a stranger's database before anything is written: even setting the journal mode would change it. A
     * file that is missing or empty is a new registry.
     */
    private static void checkOwnership(Path file) {
        SQLiteDataSource sqlite = new SQLiteDataSource();
        sqlite.setUrl("jdbc:sqlite:" + file);
        try (Connection connection = sqlite.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = texts(statement, "SELECT name FROM sqlite_master WHERE type = 'table'");
            if (!tables.isEmpty() && !tables.contains(HISTORY_TABLE)) {
                throw new RegistryStorageException(file + " is a database of another program: it has no registry");
            }
            List<String> findings = texts(statement, "PRAGMA quick_check(1)");
            if (!findings.equals(List.of("ok"))) {
                throw new CorruptRegistryException(file + " is damaged: " + findings);
            }
        } catch (SQLException cause) {
            throw new RegistryStorageException(file + " cannot be read as a database: " + cause.getMessage(), cause);
        }
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    @Override
    public List<LogEntry> read(long fromIndex, int limit) {
        String query = "SELECT log_index, leaf FROM registry_log WHERE log_index >= ? ORDER BY log_index LIMIT ?";
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement(query)) {
            select.setLong(1, fromIndex);
            select.setInt(2, limit);
            List<LogEntry> entries = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(new LogEntry(rows.getLong(1), rows.getString(2)));
                }
            }
            return entries;
        } catch (SQLException cause) {
            throw new RegistryStorageException("The registry log cannot be read: " + cause.getMessage(), cause);
        }
    }

    @Override
    public long size() {
        try (Connection connection = pool.getConnection()) {
            return size(connection);
        } catch (SQLException cause) {
            throw new RegistryStorageException("The registry log cannot be read: " + cause.getMessage(), cause);
        }
    }

    @Override
    public AppendResult append(long expectedSize, List<String> leaves) {
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to append");
        }
        // A connection that goes back to the pool without a commit is rolled back there: every early way out keeps
        // nothing.
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            long size = size(connection);
            if (size != expectedSize) {
                return new Conflict(size);
            }
            insert(connection, size, leaves);
            connection.commit();
            return new Appended(size + leaves.size());
        } catch (SQLException cause) {
            throw new RegistryStorageException("The registry log cannot be written: " + cause.getMessage(), cause);
        }
    }

    private static void insert(Connection connection, long size, List<String> leaves) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO registry_log (log_index, leaf) VALUES (?, ?)")) {
            long index = size;
            for (String leaf : leaves) {
                insert.setLong(1, index++);
                insert.setString(2, leaf);
                insert.executeUpdate();
            }
        }
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
    public void close() {
        pool.close();
    }
}
