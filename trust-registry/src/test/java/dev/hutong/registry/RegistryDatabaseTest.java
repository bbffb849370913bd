package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Failures that are hard to bring about: what a person is told to do. */
class RegistryDatabaseTest {
    private final RegistryDatabase sqlite = new SqliteDatabase(Path.of("registry.db"));
    private final RegistryDatabase postgres =
            new PostgresDatabase(new PostgresStore("jdbc:postgresql://db.example/hutong", "hub", "s3cret"));

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, make room",
        "SQLITE_IOERR_WRITE, free space",
        "SQLITE_READONLY_DIRECTORY, the right to write",
        "SQLITE_CANTOPEN_ISDIR, put it back",
        "SQLITE_BUSY_SNAPSHOT, end that one",
        "SQLITE_MISMATCH, try again"
    })
    void aFailureOfSqliteSaysWhatToDo(SQLiteErrorCode code, String remedy) {
        assertThat(sqlite.explain("cannot be written", new SQLiteException("[" + code + "]", code)))
                .isExactlyInstanceOf(RegistryStorageException.class)
                .hasMessageContainingAll("registry.db cannot be written", code.name(), remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "08001, can be reached",
        "57P01, can be reached",
        "57014, answers",
        "28P01, the password that the server knows",
        "3D000, Make the database",
        "42501, Give the user the right",
        "25006, standby",
        "53100, lacks room",
        "XX000, Look at the server",
        ", Look at the server"
    })
    void aFailureOfPostgresSaysWhatToDo(String state, String remedy) {
        assertThat(postgres.explain("cannot be written", new SQLException("It failed", state)))
                .isExactlyInstanceOf(RegistryStorageException.class)
                .hasMessageContainingAll("db.example", "cannot be written: It failed.", remedy)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"SQLITE_CORRUPT", "SQLITE_CORRUPT_INDEX", "SQLITE_NOTADB"})
    void damageOfSqliteIsToldApart(SQLiteErrorCode code) {
        assertThat(sqlite.explain("cannot be read", new SQLiteException("damaged", code)))
                .isInstanceOf(CorruptRegistryException.class)
                .hasMessageContaining("good copy");
    }

    @ParameterizedTest
    @CsvSource({"XX001", "XX002"})
    void damageOfPostgresIsToldApart(String state) {
        assertThat(postgres.explain("cannot be read", new SQLException("damaged", state)))
                .isInstanceOf(CorruptRegistryException.class)
                .hasMessageContaining("good copy");
    }
}
