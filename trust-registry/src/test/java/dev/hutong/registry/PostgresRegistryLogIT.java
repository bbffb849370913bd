package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    void whatWasAppendedIsThereAfterReopening() throws Exception {
        try (RegistryLog first = open()) {
            first.append(0, List.of("a"));
        }
        try (RegistryLog second = open()) {
            assertThat(second.read(0, 10)).extracting(LogEntry::leaf).containsExactly("a");
        }
    }

    @Test
    void logsOpenedAtOnceInAnEmptySchemaAgreeOnTheWinner() throws Exception {
        PostgresStore shared = PostgresServer.newStore();
        Map<Boolean, List<RegistryLog.AppendResult>> results = IntStream.range(0, 4)
                .parallel()
                .mapToObj(_ -> {
                    try (RegistryLog log = JdbcRegistryLog.openPostgres(shared)) {
                        return log.append(0, List.of("a", "b"));
                    }
                })
                .collect(Collectors.partitioningBy(RegistryLog.Appended.class::isInstance));
        assertThat(results.get(true)).containsExactly(new RegistryLog.Appended(2));
        assertThat(results.get(false)).hasSize(3).containsOnly(new RegistryLog.Conflict(2));
    }

    @Test
    void anotherProgramsSchemaIsRefusedAndKept() throws Exception {
        PostgresStore foreign = PostgresServer.newStore();
        PostgresServer.execute(foreign, "CREATE TABLE diary (page TEXT)");
        assertRefused(foreign, "another program's");
        try (Connection connection = PostgresServer.connect(foreign)) {
            assertThat(RegistryDatabase.texts(
                            connection, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"))
                    .containsExactly("diary");
        }
    }

    @Test
    void aMissingSchemaIsAskedFor() {
        assertRefused(new PostgresStore(store.url() + "_missing", store.user(), store.password()), "CREATE SCHEMA");
    }

    @Test
    void aMissingDatabaseIsAskedFor() {
        String url = store.url().replace("/postgres?", "/missing?");
        assertRefused(new PostgresStore(url, store.user(), store.password()), "Make the database");
    }

    @Test
    void aNewerSchemaIsLeftAlone() throws Exception {
        PostgresServer.execute(
                store,
                "INSERT INTO registry_schema_history SELECT 99, '99', 'of the future', 'SQL', 'V99__of_the_future.sql', 1, 'x', "
                        + "installed_on, 1, true FROM registry_schema_history LIMIT 1");
        assertRefused(store, "another schema");
    }

    @Test
    void aDatabaseThatMayOnlyBeReadIsReadAndNotWritten() throws Exception {
        String readOnly = store.url() + "&options=-c%20default_transaction_read_only%3Don";
        try (RegistryLog log =
                JdbcRegistryLog.openPostgres(new PostgresStore(readOnly, store.user(), store.password()))) {
            assertThat(log.size()).isZero();
            assertThatThrownBy(() -> log.append(0, List.of("a")))
                    .isInstanceOf(RegistryStorageException.class)
                    .hasMessageContainingAll("cannot be written", "standby, or was made read-only");
            assertThatThrownBy(log::tryAppending)
                    .isInstanceOf(RegistryStorageException.class)
                    .hasMessageContainingAll("cannot be written", "standby, or was made read-only");
        }
    }

    @Test
    void anAppendWhoseCommitWasNotAnsweredMayHaveBeenKept() throws Exception {
        URI server = URI.create(store.url().substring("jdbc:".length()));
        // Otherwise the driver has the server prepare its COMMIT, and the line would not see the word again.
        String everyWord = store.url() + "&preferQueryMode=simple";
        try (LossyLine line = new LossyLine(server.getPort());
                RegistryLog log = JdbcRegistryLog.openPostgres(new PostgresStore(
                        everyWord.replace(":" + server.getPort() + "/", ":" + line.port() + "/"),
                        store.user(),
                        store.password()))) {
            log.append(0, List.of("a"));
            line.loseTheNextCommitsAnswer();
            assertThatThrownBy(() -> log.append(1, List.of("b")))
                    .isInstanceOf(UncertainAppendException.class)
                    .hasMessageContainingAll("may have been written or not", "goes on by itself");
            assertThat(log.read(0, 10)).extracting(LogEntry::leaf).containsExactly("a", "b");
            assertThat(log.append(1, List.of("b"))).isEqualTo(new RegistryLog.Conflict(2));
        }
    }

    private static void assertRefused(PostgresStore store, String why) {
        assertThatThrownBy(() -> JdbcRegistryLog.openPostgres(store))
                .isInstanceOf(RegistryStorageException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aWriterThatWaitedForAnothersUnfinishedAppendLearnsTheNewSize() throws Exception {
        try (RegistryLog log = open();
                Connection other = PostgresServer.connect(store);
                Statement insert = other.createStatement()) {
            other.setAutoCommit(false);
            insert.executeUpdate("INSERT INTO registry_log VALUES (0, 'theirs'), (1, 'theirs')");
            CompletableFuture<RegistryLog.AppendResult> waiting =
                    CompletableFuture.supplyAsync(() -> log.append(0, List.of("mine")));
            awaitALockThatIsWaitedFor(other, waiting);
            other.commit();
            assertThat(waiting.join()).isEqualTo(new RegistryLog.Conflict(2));
            assertThat(log.read(0, 10)).extracting(LogEntry::leaf).containsExactly("theirs", "theirs");
        }
    }

    private static void awaitALockThatIsWaitedFor(Connection connection, Future<?> waiting) throws SQLException {
        while (RegistryDatabase.texts(connection, "SELECT pid FROM pg_locks WHERE NOT granted")
                .isEmpty()) {
            assertThat(waiting).isNotDone();
        }
    }
}
