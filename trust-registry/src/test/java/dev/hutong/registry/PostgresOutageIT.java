package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own, that goes and comes back. */
class PostgresOutageIT {
    @SuppressWarnings("NullAway.Init")
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres server;

    @BeforeEach
    void startTheServer() throws IOException {
        server = server().start();
    }

    private EmbeddedPostgres.Builder server() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false);
    }

    @AfterEach
    void stopTheServer() throws IOException {
        server.close();
    }

    @Test
    void aLogWhoseServerWentAndCameBackWorksAgain() throws Exception {
        try (RegistryLog log = JdbcRegistryLog.openPostgres(PostgresServer.storeIn(server, "public"))) {
            log.append(0, List.of("a"));
            server.close();
            assertFails(log);
            server = server().setPort(server.getPort()).start();
            assertWorks(log);
        }
    }

    @Test
    void aServerThatHangsIsAFailureAndNotAWait() throws Exception {
        PostgresStore store = PostgresServer.storeIn(server, "public");
        PostgresStore impatient =
                new PostgresStore(store.url() + "&socketTimeout=1&connectTimeout=1", store.user(), store.password());
        try (RegistryLog log = JdbcRegistryLog.openPostgres(impatient)) {
            log.append(0, List.of("a"));
            List<ProcessHandle> processes = processes();
            signal("-STOP", processes);
            try {
                assertFails(log);
            } finally {
                signal("-CONT", processes);
            }
            assertWorks(log);
        }
    }

    /** The server's process, whose number is the first line of this file, and those that it keeps for its clients. */
    private List<ProcessHandle> processes() throws IOException {
        String id = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(id)).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    private static void assertFails(RegistryLog log) {
        assertThatThrownBy(() -> log.append(1, List.of("b")))
                .isInstanceOf(RegistryStorageException.class)
                .hasMessageContainingAll("cannot be written", "Look whether the server runs", "goes on by itself");
    }

    private static void assertWorks(RegistryLog log) {
        assertThat(log.append(1, List.of("b"))).isEqualTo(new RegistryLog.Appended(2));
        assertThat(log.read(0, 10)).extracting(LogEntry::leaf).containsExactly("a", "b");
    }
}
