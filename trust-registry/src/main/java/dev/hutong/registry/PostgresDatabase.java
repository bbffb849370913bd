package dev.hutong.registry;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * One schema of a PostgreSQL database, of one hub or shared by several.
 *
 * <p>There is no lock for appending: the primary key is one already. Of two transactions that insert the same index the second waits
 * until the first ends, and fails if that one committed. A lock of the table would collide with vacuuming, and an advisory lock would
 * bind only those who ask for it.
 */
final class PostgresDatabase implements RegistryDatabase {
    /**
     * pgjdbc's limits in seconds, which a URL may set otherwise. The socket's is longer than the statement's, so that a server that
     * lives is heard saying why.
     */
    private static final Map<String, String> WAITS =
            Map.of("loginTimeout", "3", "connectTimeout", "3", "socketTimeout", "8");

    /**
     * An append is on the server's disk before it is answered, whatever the server's default is; a statement that hangs and a
     * transaction whose hub is gone end by themselves.
     */
    private static final String SESSION = "SET synchronous_commit = on; SET statement_timeout = '5s';"
            + " SET idle_in_transaction_session_timeout = '5s'";

    private final PostgresStore store;

    PostgresDatabase(PostgresStore store) {
        this.store = store;
    }

    @Override
    public void connect(HikariConfig pool) {
        pool.setJdbcUrl(store.url());
        pool.setDataSourceProperties(properties());
        pool.setConnectionInitSql(SESSION);
        // Whatever the server's default is: the size is read anew after another writer was faster.
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(WAITS);
        properties.put("ApplicationName", "hutong registry");
        properties.put("user", store.user());
        properties.put("password", store.password());
        return properties;
    }

    @Override
    public String migrations() {
        return "classpath:db/registry/postgresql";
    }

    @Override
    public void admit() throws SQLException {
        try (Connection connection = DriverManager.getConnection(store.url(), properties())) {
            if (!RegistryDatabase.texts(connection, "SHOW server_encoding").equals(List.of("UTF8"))) {
                throw new RegistryStorageException(
                        "The database " + this + " cannot hold every character: make one WITH ENCODING 'UTF8'");
            }
            if (connection.getSchema() == null) {
                throw new RegistryStorageException("The database " + this
                        + " has no schema for the registry: CREATE SCHEMA, and name it in the URL as currentSchema");
            }
            List<String> tables = RegistryDatabase.texts(
                    connection, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()");
            if (!tables.isEmpty() && !tables.contains(HISTORY_TABLE)) {
                throw new RegistryStorageException(
                        "The schema " + connection.getSchema() + " of " + this
                                + " is another program's: it has tables, but no registry. Give the registry a schema of its own");
            }
        }
    }

    /** Unknown: only the server could tell. */
    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    /** An insertion gets its pages from the server's disk at once. */
    @Override
    public Connection connectForTrial() throws SQLException {
        return DriverManager.getConnection(store.url(), properties());
    }

    /** Where the server did not say anything, or only that it was about to end. */
    @Override
    public boolean mayHaveCommitted(SQLException failure) {
        return switch (stateClass(failure)) {
            case "", "08", "57" -> true;
            default -> false;
        };
    }

    @Override
    public boolean lostTheRace(SQLException failure) {
        return stateClass(failure).equals("23");
    }

    /** Data or an index corrupted; XX000 is any inner error. */
    @Override
    public boolean isDamage(SQLException failure) {
        return "XX001".equals(failure.getSQLState()) || "XX002".equals(failure.getSQLState());
    }

    /** By the error classes of PostgreSQL's documentation, appendix A. */
    @Override
    public String remedy(SQLException failure) {
        return switch (stateClass(failure)) {
            case "08", "57" ->
                "Look whether the server runs, answers and can be reached from here; the hub goes on by itself when it does";
            case "28" -> "Give the user and the password that the server knows";
            case "3D" -> "Make the database, or give the URL of the one that is meant";
            case "42" -> "Give the user the right to make, read and fill tables in the schema";
            case "25" -> "Give the server that may be written: this one is a standby, or was made read-only";
            case "53" ->
                "The server lacks room: free its disk or its memory, or allow more connections; the hub goes on by itself";
            default ->
                isDamage(failure)
                        ? "The server found its files damaged: stop the hub, and restore the database from a good copy"
                        : "Look at the server and its log; the hub goes on by itself when the server does";
        };
    }

    private static String stateClass(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
