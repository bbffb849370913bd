package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresRegistryLogIT extends RegistryLogContract {
    @SuppressWarnings("NullAway.Init")
    private PostgresStore store;

    @Override
    RegistryLog open() throws SQLException {
        if (store == null) {
            store = PostgresServer.newStore();
        }
        return JdbcRegistryLog.openPostgres(store);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE registry_log SET leaf = '{}' WHERE log_index = 0",
                "DELETE FROM registry_log",
                "TRUNCATE registry_log",
                "INSERT INTO registry_log VALUES (0, '{}') ON CONFLICT (log_index) DO UPDATE SET leaf = excluded.leaf",
                "INSERT INTO registry_log VALUES (0, '{}')",
                "INSERT INTO registry_log VALUES (7, '{}')",
                "INSERT INTO registry_log VALUES (-1, '{}')"
            })
    void thePastCannotBeChangedWithADatabaseClient(String statement) throws Exception {
        try (RegistryLog log = open()) {
            log.append(0, List.of("a"));
            assertThatThrownBy(() -> PostgresServer.execute(store, statement)).isInstanceOf(SQLException.class);
            assertThat(log.read(0, 10)).extracting(LogEntry::leaf).containsExactly("a");
        }
    }

    @Test
    void aWriterThatWaitedForAnothersUnfinishedAppendLearnsTheNewSize() throws Exception {
        try (RegistryLog log = open();
                Connection other = PostgresServer.connect(store);
                Statement insert = other.createStatement()) {
            other.setAutoCommit(false);
            insert.executeUpdate("INSERT INTO registry_log VALUES (0, 'theirs'), (1, 'theirs')");
            Thread waiting = Thread.startVirtualThread(
                    () -> assertThat(log.append(0, List.of("mine"))).isEqualTo(new RegistryLog.Conflict(2)));
            awaitALockThatIsWaitedFor(other);
            other.commit();
            waiting.join();
            assertThat(log.read(0, 10)).extracting(LogEntry::leaf).containsExactly("theirs", "theirs");
        }
    }

    private static void awaitALockThatIsWaitedFor(Connection connection) throws SQLException {
        while (RegistryDatabase.texts(connection, "SELECT pid FROM pg_locks WHERE NOT granted")
                .isEmpty()) {
            Thread.onSpinWait();
        }
    }
}
