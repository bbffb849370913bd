package dev.hutong.registry;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@link JdbcRegistryLog} must know of the database beneath it beyond plain SQL. Its text is its name, without secrets. */
sealed interface RegistryDatabase permits SqliteDatabase, PostgresDatabase {
    /** Flyway's table; a database that has tables, but not this one, is another program's. */
    String HISTORY_TABLE = "registry_schema_history";

    /** Says how the pool is to connect. */
    void connect(HikariConfig pool);

    /** Where its own migrations are on the class path, beside the common ones. */
    String migrations();

    /**
     * Refuses a damaged database and a stranger's, before anything is written.
     *
     * @throws RegistryStorageException if it is refused
     */
    void admit() throws SQLException;

    /** Why the database that was opened is not there any more, if that can be known without asking it. */
    Optional<String> absence();

    /** A connection of its own for trying whether the database can be written: what is inserted by it reaches the disk before it is committed. */
    Connection connectForTrial() throws SQLException;

    /** Whether a commit that failed so may have been kept all the same. */
    boolean mayHaveCommitted(SQLException failure);

    /** Whether another writer's entry, committed first, made this insertion fail. */
    boolean lostTheRace(SQLException failure);

    /** Whether the failure means damage, which no waiting mends. */
    boolean isDamage(SQLException failure);

    /** What a person can do about the failure: a sentence without its full stop. */
    String remedy(SQLException failure);

    /** The failure as one exception that says what was being done, why it failed, and what to do. */
    default RegistryStorageException explain(String deed, SQLException failure) {
        String text = "The registry log in %s %s: %s. %s.".formatted(this, deed, failure.getMessage(), remedy(failure));
        return isDamage(failure)
                ? new CorruptRegistryException(text, failure)
                : new RegistryStorageException(text, failure);
    }

    /** The first column of the answer. */
    static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
