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
import java.util.stream.Stream;
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

    @Test
    void aFileMayHaveAnyName() throws Exception {
        for (String name :
                List.of("a?b=c.db", "a#b.db", "a%3Fb.db", "a b.db", "互通 粤😀.db", "file:a.db", "a&mode=memory.db")) {
            Path file = folder.resolve(name);
            try (RegistryLog log = JdbcRegistryLog.openSqlite(file)) {
                log.append(0, List.of("a"));
                assertThat(file).isNotEmptyFile();
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".db"))).hasSize(8);
        }
    }

    @Test
    void aFileThatWentAwayIsNeitherWrittenNorMadeAnew() throws Exception {
        try (RegistryLog log = open()) {
            log.append(0, List.of("a"));
            Path elsewhere = Files.move(file(), folder.resolve("elsewhere.db"));
            assertFails(log, "not there any more");
            assertThat(file()).doesNotExist();
            Files.createDirectory(file());
            assertFails(log, "another file has been put in its place");
            Files.delete(file());
            Files.move(elsewhere, file());
            assertThat(log.append(1, List.of("b"))).isEqualTo(new RegistryLog.Appended(2));
            assertThat(log.read(0, 10)).extracting(LogEntry::leaf).containsExactly("a", "b");
        }
    }

    @Test
    void anotherFileInItsPlaceIsNotWritten() throws Exception {
        try (RegistryLog log = open()) {
            log.append(0, List.of("a"));
            Path elsewhere = Files.move(file(), folder.resolve("elsewhere.db"));
            Files.copy(elsewhere, file());
            byte[] before = Files.readAllBytes(file());
            assertFails(log, "another file has been put in its place");
            assertThat(file()).hasBinaryContent(before);
        }
    }

    @Test
    void aWriterThatDoesNotEndIsNamedAsTheCause() throws Exception {
        try (RegistryLog log = open()) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                    Statement sql = other.createStatement()) {
                sql.executeUpdate("BEGIN IMMEDIATE");
                assertThatThrownBy(() -> log.append(0, List.of("a")))
                        .isInstanceOf(RegistryStorageException.class)
                        .hasMessageContaining("Another program");
                assertThat(log.size()).isZero();
            }
            assertThat(log.append(0, List.of("a"))).isEqualTo(new RegistryLog.Appended(1));
        }
    }

    private static void assertFails(RegistryLog log, String why) {
        assertThatThrownBy(() -> log.append(1, List.of("b")))
                .isInstanceOf(RegistryStorageException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> log.read(0, 1)).isInstanceOf(RegistryStorageException.class);
        assertThatThrownBy(log::size).isInstanceOf(RegistryStorageException.class);
    }

    static void execute(Path database, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }
}
