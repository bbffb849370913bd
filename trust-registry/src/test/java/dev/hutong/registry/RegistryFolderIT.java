package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.RegistryFolder.HeldByAnother;
import dev.hutong.registry.RegistryFolder.NotUsable;
import dev.hutong.registry.RegistryFolder.Opened;
import dev.hutong.registry.RegistryFolder.Opening;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryFolderIT {
    @SuppressWarnings("NullAway.Init")
    @TempDir
    Path temp;

    @Test
    void aMissingFolderIsMadeForItsOwnerOnly() throws Exception {
        Path folder = temp.resolve("var/hutong");
        try (RegistryFolder opened = opened(folder)) {
            opened.log().append(0, List.of("a"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            for (String name : List.of("registry.db", "registry.db-wal")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aSecondStartFindsWhatTheFirstStored() {
        try (RegistryFolder first = opened(temp)) {
            first.log().append(0, List.of("a"));
        }
        try (RegistryFolder second = opened(temp)) {
            assertThat(second.log().size()).isEqualTo(1);
        }
    }

    @Test
    void oneProcessHoldsItAtMostOnceAndStillHoldsItAfterTheSecondAttempt() throws Exception {
        try (RegistryFolder _ = opened(temp)) {
            assertThat(RegistryFolder.tryOpen(temp)).isInstanceOf(HeldByAnother.class);
            Path sameByAnotherName = Files.createSymbolicLink(temp.resolveSibling(temp.getFileName() + "-link"), temp);
            assertThat(RegistryFolder.tryOpen(sameByAnotherName)).isInstanceOf(HeldByAnother.class);
            // Had the second attempt closed a descriptor of the lock file, another process could now take it.
            Process other = FolderHolder.start(temp);
            assertThat(FolderHolder.firstLineOf(other)).startsWith("HeldByAnother");
            assertThat(other.waitFor()).isZero();
        }
        opened(temp).close();
    }

    @Test
    void aKilledProcessLetsGoAndLosesNothing() throws Exception {
        Process other = FolderHolder.start(temp);
        assertThat(FolderHolder.firstLineOf(other)).isEqualTo("Opened");
        assertThat(RegistryFolder.tryOpen(temp))
                .isInstanceOfSatisfying(
                        HeldByAnother.class, held -> assertThat(held.why()).contains(String.valueOf(other.pid())));
        other.destroyForcibly().waitFor();
        try (RegistryFolder mine = opened(temp)) {
            assertThat(mine.log().read(0, 10)).extracting(LogEntry::leaf).containsExactly("a");
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndKept() throws Exception {
        byte[] foreign = "this is somebody's diary, not a database\n"
                .repeat(100)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(temp.resolve("registry.db"), foreign);
        assertNotUsable(RegistryFolder.tryOpen(temp), "not a database");
        assertThat(temp.resolve("registry.db")).hasBinaryContent(foreign);
        assertThat(temp.resolve("registry.db-wal")).doesNotExist();
    }

    @Test
    void anotherProgramsDatabaseIsRefusedAndKept() throws Exception {
        SqliteRegistryLogIT.execute(temp.resolve("registry.db"), "CREATE TABLE diary (page TEXT)");
        byte[] before = Files.readAllBytes(temp.resolve("registry.db"));
        assertNotUsable(RegistryFolder.tryOpen(temp), "another program");
        assertThat(temp.resolve("registry.db")).hasBinaryContent(before);
    }

    @Test
    void aTruncatedDatabaseIsRefusedAndKept() throws Exception {
        try (RegistryFolder folder = opened(temp)) {
            folder.log().append(0, List.of("a"));
        }
        Path database = temp.resolve("registry.db");
        byte[] half = java.util.Arrays.copyOf(Files.readAllBytes(database), 6_000);
        Files.write(database, half);
        assertThat(RegistryFolder.tryOpen(temp)).isInstanceOf(NotUsable.class);
        assertThat(database).hasBinaryContent(half);
    }

    @Test
    void foldersOfTwoHubsShareOneLogInPostgres() throws Exception {
        PostgresStore store = PostgresServer.newStore();
        try (RegistryFolder mine = opened(RegistryFolder.tryOpen(temp.resolve("mine"), store));
                RegistryFolder yours = opened(RegistryFolder.tryOpen(temp.resolve("yours"), store))) {
            mine.log().append(0, List.of("a"));
            assertThat(yours.log().append(0, List.of("b"))).isEqualTo(new RegistryLog.Conflict(1));
            assertThat(yours.log().read(0, 10)).extracting(LogEntry::leaf).containsExactly("a");
            assertThat(RegistryFolder.tryOpen(temp.resolve("mine"), store)).isInstanceOf(HeldByAnother.class);
            assertThat(RegistryFolder.holdsRegistry(temp.resolve("mine"))).isFalse();
        }
    }

    @Test
    void aFolderWithALogOfItsOwnIsNotUsedWithPostgres() throws Exception {
        opened(temp).close();
        assertNotUsable(RegistryFolder.tryOpen(temp, PostgresServer.newStore()), "a registry of its own");
        opened(temp).close();
    }

    @Test
    void aServerThatIsNotThereIsRefusedAndTheLockLetGo() {
        PostgresStore nowhere = new PostgresStore("jdbc:postgresql://localhost:1/hutong", "hub", "s3cret");
        Opening refused = RegistryFolder.tryOpen(temp, nowhere);
        assertNotUsable(refused, "Look whether the server runs");
        assertThat(refused.toString()).doesNotContain("s3cret");
        opened(temp).close();
    }

    @Test
    void anUnusablePathIsRefusedAndTheLockLetGo() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));
        assertNotUsable(RegistryFolder.tryOpen(file), "cannot be used");
        assertNotUsable(RegistryFolder.tryOpen(file.resolve("below")), "cannot be used");
        Path folder = temp.resolve("folder");
        Files.createDirectories(folder.resolve("registry.db"));
        assertThat(RegistryFolder.tryOpen(folder)).isInstanceOf(NotUsable.class);
        Files.delete(folder.resolve("registry.db"));
        opened(folder).close();
    }

    private static void assertNotUsable(Opening opening, String why) {
        assertThat(opening).isInstanceOfSatisfying(NotUsable.class, refused -> {
            assertThat(refused.why()).contains(why);
            assertThat(refused.remedy()).isNotBlank();
        });
    }

    private static RegistryFolder opened(Path folder) {
        return opened(RegistryFolder.tryOpen(folder));
    }

    private static RegistryFolder opened(Opening opening) {
        assertThat(opening).isInstanceOf(Opened.class);
        return ((Opened) opening).folder();
    }
}
