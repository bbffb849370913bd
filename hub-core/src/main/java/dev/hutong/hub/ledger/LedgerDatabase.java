package dev.hutong.hub.ledger;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;

/** What {@link JdbcBlockStore} must know of the database beneath it beyond plain SQL. Its text is its name, without secrets. */
sealed interface LedgerDatabase permits SqliteLedger, PostgresLedger {
    /** Flyway's table; beside the registry's where both are in one schema. */
    String HISTORY_TABLE = "ledger_schema_history";

    /** Says how the pool is to connect. */
    void connect(HikariConfig pool);

    /** Where its migrations are on the class path. */
    String migrations();

    /** Looks whether what was opened is still what stands there, as far as that can be told without asking it. */
    void requirePresent();

    /** Whether the block's number is taken already, or is not the next. */
    boolean isTaken(SQLException failure);

    /** What a person can do about the failure: a sentence without its full stop. */
    String remedy(SQLException failure);
}
