package dev.hutong.hub.ledger;

import com.zaxxer.hikari.HikariConfig;
import dev.hutong.registry.PostgresStore;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** The schema of a PostgreSQL database that holds the registry too. Every node that shares it has a chain of its own in one table. */
final class PostgresLedger implements LedgerDatabase {
    /** pgjdbc's limits in seconds: shorter than the registry's, for whoever stands at a gate is waiting. */
    private static final Map<String, String> WAITS =
            Map.of("loginTimeout", "2", "connectTimeout", "2", "socketTimeout", "4");

    /** A block is on the server's disk before its decisions are answered, whatever the server's default is. */
    private static final String SESSION = "SET synchronous_commit = on; SET statement_timeout = '3s';"
            + " SET idle_in_transaction_session_timeout = '5s'";

    private final PostgresStore store;

    PostgresLedger(PostgresStore store) {
        this.store = store;
    }

    @Override
    public void connect(HikariConfig pool) {
        Properties properties = new Properties();
        properties.putAll(WAITS);
        properties.put("ApplicationName", "hutong ledger");
        properties.put("user", store.user());
        properties.put("password", store.password());
        pool.setJdbcUrl(store.url());
        pool.setDataSourceProperties(properties);
        pool.setConnectionInitSql(SESSION);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    }

    @Override
    public String migrations() {
        return "classpath:db/ledger/postgresql";
    }

    /** Only the server could tell. */
    @Override
    public void requirePresent() {}

    @Override
    public boolean isTaken(SQLException failure) {
        return stateClass(failure).equals("23");
    }

    /** By the error classes of PostgreSQL's documentation, appendix A. */
    @Override
    public String remedy(SQLException failure) {
        return switch (stateClass(failure)) {
            case "08", "57" ->
                "Look whether the server runs, answers and can be reached from here; the hub goes on by itself when it does";
            case "28" -> "Give the user and the password that the server knows";
            case "25" -> "Give the server that may be written: this one is a standby, or was made read-only";
            case "42" -> "Give the user the right to make, read and fill tables in the schema";
            case "53" ->
                "The server lacks room: free its disk or its memory, or allow more connections; the hub goes on by itself";
            default -> "Look at the server and its log; the hub goes on by itself when the server does";
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
