package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteRegistryLogIT extends RegistryLogContract {
    @SuppressWarnings("NullAway.Init")
    @TempDir
    Path folder;

    @Override
    RegistryLog open() {
        return JdbcRegistryLog.openSqlite(file());
    }

    private Path file() {
        return folder.resolve("registry.db");
    }

    @Test
    void whatWasAppendedIsThereAfterReopening() {
        try (RegistryLog first = open()) {
            first.append(0, List.of("a"));
        }
        try (RegistryLog second = open()) {
            assertThat(second.read(0, 10)).extracting(LogEntry::leaf).containsExactly("a");
            assertThat(second.append(1, List.of("b"))).isEqualTo(new RegistryLog.Appended(2));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE registry_log SET leaf = '{}' WHERE log_index = 0",
                "DELETE FROM registry_log",
                "INSERT OR REPLACE INTO registry_log VALUES (0, '{}')",
                "INSERT INTO registry_log VALUES (7, '{}')",
                "INSERT INTO registry_log VALUES (-1, '{}')"
            })
    void thePastCannotBeChangedWithADatabaseClient(String statement) throws Exception {
        try (RegistryLog log = open()) {
            log.append(0, List.of("a"));
            assertThatThrownBy(() -> execute(file(), statement)).isInstanceOf(SQLException.class);
            assertThat(log.read(0, 10)).extracting(LogEntry::leaf).containsExactly("a");
        }
    }

    @Test
    void everyAppendIsOnTheDiskBeforeItReturns() throws Exception {
        try (RegistryLog log = open()) {
            log.append(0, List.of("a"));
            Path copy = Files.createDirectory(folder.resolve("copy"));
            for (String name : List.of("registry.db", "registry.db-wal")) {
                Files.copy(folder.resolve(name), copy.resolve(name));
            }
            try (RegistryLog afterThePowerFailed = JdbcRegistryLog.openSqlite(copy.resolve("registry.db"))) {
                assertThat(afterThePowerFailed.size()).isEqualTo(1);
            }
        }
    }

    @Test
    void aNewerSchemaIsLeftAlone() throws Exception {
        open().close();
        execute(
                file(),
                "INSERT INTO registry_schema_history SELECT 99, '99', 'of the future', 'SQL', 'V99__of_the_future.sql', 1, 'x', "
                        + "installed_on, 1, 1 FROM registry_schema_history LIMIT 1");
        assertThatThrownBy(this::open)
                .isInstanceOf(RegistryStorageException.class)
                .hasMessageContaining("another schema");
    }

    static void execute(Path database, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }
}
