package dev.hutong.hub.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.hutong.registry.PostgresStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in a table of a relational database, a SQLite file or the registry's PostgreSQL schema: one row for each block. Triggers refuse
 * every update, every deletion, and an insertion anywhere but at the end of a chain.
 *
 * <p>After any failure the pool's connections are given up, so that a database that is back is used again without a restart.
 */
public final class JdbcBlockStore implements BlockStore {
    /** Blocks whose ids are looked at at once. */
    static final int REACHING = 4_096;

    private static final int READERS = 3;
    private static final int CONNECTION_WAIT_MS = 3_000;
    private static final int VALIDATION_WAIT_MS = 1_000;
    private static final String COLUMNS = "node, number, first_id, last_id, header, records";
    private static final String INSERT = "INSERT INTO ledger_block (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)";
    private static final String INSERT_EVENT =
            "INSERT INTO ledger_event (node, number, position, kind, id, subject) VALUES (?, ?, ?, ?, ?, ?)";

    private final LedgerDatabase database;
    /** One connection, so that however many read, who writes never waits for them. */
    private final HikariDataSource writing;

    private final HikariDataSource reading;

    private final KeptInsert keptInsert = new KeptInsert();

    private JdbcBlockStore(LedgerDatabase database, HikariDataSource writing, HikariDataSource reading) {
        this.database = database;
        this.writing = writing;
        this.reading = reading;
    }

    /** The blocks in this SQLite file, made where it is missing. */
    public static JdbcBlockStore openSqlite(Path file) {
        try {
            return open(new SqliteLedger(file));
        } catch (IOException e) {
            throw new LedgerStoreException(
                    "The ledger " + file + " cannot be opened (" + e + "): let the hub's user write its folder.", e);
        }
    }

    /** The blocks in this PostgreSQL database, whose tables are made where they are missing. Any number of hubs may have it open. */
    public static JdbcBlockStore openPostgres(PostgresStore store) {
        return open(new PostgresLedger(store));
    }

    private static JdbcBlockStore open(LedgerDatabase database) {
        HikariDataSource reading = pool(database, "ledger readers", READERS);
        try {
            // Flyway needs two connections, one of which holds its lock.
            Flyway.configure()
                    .dataSource(reading)
                    .locations(database.migrations())
                    .table(LedgerDatabase.HISTORY_TABLE)
                    // The registry's tables are in the schema already.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    // By default Flyway accepts a schema newer than this program, and would write into it.
                    .ignoreMigrationPatterns(new String[0])
                    .validateMigrationNaming(true)
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
            return new JdbcBlockStore(database, pool(database, "ledger", 1), reading);
        } catch (FlywayException cause) {
            reading.close();
            throw new LedgerStoreException(
                    "The ledger " + database + " cannot be brought to this version's schema: " + cause.getMessage(),
                    cause);
        }
    }

    private static HikariDataSource pool(LedgerDatabase database, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        // None in store: while the database is gone the pool would fill with useless ones.
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECTION_WAIT_MS);
        config.setValidationTimeout(VALIDATION_WAIT_MS);
        database.connect(config);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException cause) {
            throw new LedgerStoreException(
                    "The ledger " + database + " cannot be opened: " + cause.getMessage() + ".", cause);
        }
    }

    @Override
    public Optional<Block> head(String node) {
        return inDatabase(writing, "cannot be read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + COLUMNS + " FROM ledger_block WHERE node = ? ORDER BY number DESC LIMIT 1")) {
                select.setString(1, node);
                return blocks(select).stream().findFirst();
            }
        });
    }

    @Override
    public void append(List<Block> blocks) {
        inDatabase(writing, "cannot be written", connection -> {
            // One row, which almost every block is, is a transaction by itself.
            boolean alone = blocks.size() == 1 && blocks.getFirst().events().isEmpty();
            connection.setAutoCommit(alone);
            try {
                if (alone) {
                    insert(keptInsert.on(connection), blocks.getFirst());
                } else {
                    insert(connection, blocks);
                }
            } catch (SQLException failure) {
                if (!database.isTaken(failure)) {
                    throw failure;
                }
                rollback(connection);
                insert(connection, missing(connection, blocks));
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return true;
        });
    }

    private static void rollback(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    private static void insert(Connection connection, List<Block> blocks) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Block block : blocks) {
                insert(insert, block);
                insertEvents(connection, block);
            }
        }
    }

    private static void insert(PreparedStatement insert, Block block) throws SQLException {
        insert.setString(1, block.node());
        insert.setLong(2, block.number());
        insert.setString(3, block.firstId());
        insert.setString(4, block.lastId());
        insert.setString(5, block.header());
        insert.setBytes(6, block.records());
        insert.executeUpdate();
    }

    /**
     * The insertion, prepared once for each connection: SQLite's driver keeps none, and would spend a fifth of the time of a block on it.
     * Past the pool, which would close it; so only for what is a transaction by itself, which leaves the pool nothing to roll back.
     */
    private static final class KeptInsert {
        private @Nullable Connection prepared;
        private @Nullable PreparedStatement insert;

        PreparedStatement on(Connection pooled) throws SQLException {
            Connection connection = pooled.unwrap(Connection.class);
            if (insert == null || !connection.equals(prepared)) {
                insert = connection.prepareStatement(INSERT);
                prepared = connection;
            }
            return insert;
        }
    }

    private static void insertEvents(Connection connection, Block block) throws SQLException {
        if (block.events().isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT_EVENT)) {
            for (Block.Event event : block.events()) {
                insert.setString(1, block.node());
                insert.setLong(2, block.number());
                insert.setInt(3, event.position());
                insert.setString(4, event.kind());
                insert.setString(5, event.id());
                insert.setString(6, event.subject());
                insert.executeUpdate();
            }
        }
    }

    /** Those of the blocks that are not there yet; what is there must be the same. */
    private static List<Block> missing(Connection connection, List<Block> blocks) throws SQLException {
        Block first = blocks.getFirst();
        List<Block> missing = new ArrayList<>(blocks);
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT number, header FROM ledger_block WHERE node = ? AND number >= ? ORDER BY number")) {
            select.setString(1, first.node());
            select.setLong(2, first.number());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next() && !missing.isEmpty()) {
                    Block expected = missing.removeFirst();
                    if (rows.getLong(1) != expected.number()
                            || !rows.getString(2).equals(expected.header())) {
                        throw new ConflictException(
                                "Block " + expected.number() + " of " + expected.node() + " is another one");
                    }
                }
            }
        }
        if (missing.size() == blocks.size()) {
            throw new ConflictException("Block " + first.number() + " of " + first.node() + " is not the next one");
        }
        return missing;
    }

    @Override
    public List<String> nodes() {
        return look(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT DISTINCT node FROM ledger_block ORDER BY node");
                    ResultSet rows = select.executeQuery()) {
                List<String> nodes = new ArrayList<>();
                while (rows.next()) {
                    nodes.add(rows.getString(1));
                }
                return nodes;
            }
        });
    }

    @Override
    public List<Block> read(String node, long from, int limit) {
        return look(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                    + " FROM ledger_block WHERE node = ? AND number >= ? ORDER BY number LIMIT ?")) {
                select.setString(1, node);
                select.setLong(2, from);
                select.setInt(3, limit);
                return blocks(select);
            }
        });
    }

    /**
     * Looks at all that reach it: where the clock was ahead for a while, the block of the smallest number is not that of the smallest id.
     * Whoever asks reads these blocks anyway.
     */
    @Override
    public Optional<Long> firstReaching(String node, String id) {
        Optional<Long> first = Optional.empty();
        String from = id;
        while (true) {
            Reaching some = reaching(node, from);
            if (some.count() > 0) {
                first = Optional.of(Math.min(some.first(), first.orElse(some.first())));
                from = some.lastId();
            }
            if (some.count() < REACHING) {
                return first;
            }
        }
    }

    /** Some blocks by their ids: how many, the smallest number, the greatest id. */
    private record Reaching(int count, long first, String lastId) {}

    /** Few enough for one statement, which the database ends after seconds. */
    private Reaching reaching(String node, String from) {
        return look(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT COUNT(*), MIN(number), COALESCE(MAX(last_id), '') FROM (SELECT number, last_id"
                            + " FROM ledger_block WHERE node = ? AND last_id >= ? ORDER BY last_id LIMIT ?) AS reaching")) {
                select.setString(1, node);
                select.setString(2, from);
                select.setInt(3, REACHING);
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    return new Reaching(rows.getInt(1), rows.getLong(2), rows.getString(3));
                }
            }
        });
    }

    @Override
    public List<Block> holding(String id) {
        return look(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + COLUMNS + " FROM ledger_block WHERE first_id BETWEEN ? AND ? AND last_id >= ?")) {
                select.setString(1, Ulids.before(id, RecordBuffer.WIDEST));
                select.setString(2, id);
                select.setString(3, id);
                return blocks(select);
            }
        });
    }

    @Override
    public List<Block> ofKind(String kind, List<String> subjects, int limit) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        String anyOf = String.join(", ", subjects.stream().map(subject -> "?").toList());
        return look(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                    + " FROM ledger_block b WHERE EXISTS (SELECT 1 FROM ledger_event e WHERE e.node = b.node"
                    + " AND e.number = b.number AND e.kind = ? AND e.subject IN (" + anyOf + "))"
                    + " ORDER BY b.last_id DESC LIMIT ?")) {
                select.setString(1, kind);
                for (int i = 0; i < subjects.size(); i++) {
                    select.setString(i + 2, subjects.get(i));
                }
                select.setInt(subjects.size() + 2, limit);
                return blocks(select);
            }
        });
    }

    private static List<Block> blocks(PreparedStatement select) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                blocks.add(new Block(
                        rows.getString(1),
                        rows.getLong(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getBytes(6),
                        List.of()));
            }
        }
        return blocks;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T look(Work<T> work) {
        return inDatabase(reading, "cannot be read", work);
    }

    private <T> T inDatabase(HikariDataSource pool, String deed, Work<T> work) {
        database.requirePresent();
        try (Connection connection = pool.getConnection()) {
            return orGiveUp(pool, connection, work);
        } catch (SQLException failure) {
            SQLException origin = origin(failure);
            throw new LedgerStoreException(
                    "The ledger %s %s: %s. %s.".formatted(database, deed, origin.getMessage(), database.remedy(origin)),
                    failure);
        }
    }

    /** Gives the connections up while this one is still held: nobody gets one that may be broken. */
    private static <T> T orGiveUp(HikariDataSource pool, Connection connection, Work<T> work) throws SQLException {
        try {
            return work.on(connection);
        } catch (SQLException failure) {
            pool.getHikariPoolMXBean().softEvictConnections();
            throw failure;
        }
    }

    /** What the database said itself: the pool's own says only that it waited. */
    private static SQLException origin(SQLException failure) {
        return failure.getCause() instanceof SQLException cause ? origin(cause) : failure;
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
    }
}
