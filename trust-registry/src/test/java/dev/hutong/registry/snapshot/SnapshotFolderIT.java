package dev.hutong.registry.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFolderIT {
    @TempDir
    private Path temporary;

    private final FakeHub hub = FakeHub.withIssuer();
    private final Client client = new Client();

    private SnapshotFolder folder() {
        return new SnapshotFolder(temporary.resolve("registry"));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("registry"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFolderThatIsNotThereHoldsNothing() throws IOException {
        assertThat(folder().held()).isEmpty();
        assertThat(folder().snapshot()).isEmpty();
        assertThat(temporary.resolve("registry")).doesNotExist();
    }

    @Test
    void whatIsKeptIsFoundAgain() throws IOException {
        folder().keep(client.synced(hub));

        assertThat(folder().held()).isEqualTo(client.held);
        assertThat(folder().snapshot()).isEqualTo(client.snapshot);
        assertThat(files()).containsExactly("registry.json", "snapshot.jwt", "state.json");
        hub.suspendIssuer();
        folder().keep(client.synced(hub));
        assertThat(files()).containsExactly("delta.jwt", "registry.json", "snapshot.jwt", "state.json");
        assertThat(temporary.resolve("registry/registry.json")).content().contains("ISSUER_SUSPENDED");
        folder().keep(client.withoutCopy().unchanged(hub));
        assertThat(files()).as("nothing that belongs to another snapshot").doesNotContain("delta.jwt");
    }

    @Test
    void readersMayReadIt() throws IOException {
        Path plain = Files.createFile(temporary.resolve("plain"));
        folder().keep(client.synced(hub));
        for (String name : files()) {
            assertThat(Files.getPosixFilePermissions(
                            temporary.resolve("registry").resolve(name)))
                    .isEqualTo(Files.getPosixFilePermissions(plain));
        }
    }

    @Test
    void whatAKilledClientLeftAsideIsReplaced() throws IOException {
        Files.createDirectory(temporary.resolve("registry"));
        Files.writeString(temporary.resolve("registry/state.json.new"), "{");
        folder().keep(client.synced(hub));
        assertThat(folder().held()).isEqualTo(client.held);
        assertThat(files()).containsExactly("registry.json", "snapshot.jwt", "state.json");
    }

    @Test
    void aMemoryThatWasDamagedIsNotTakenForNone() throws IOException {
        folder().keep(client.synced(hub));
        for (String damaged : List.of("", "{}", "{\"hubKey\":{},\"newest\":{}}")) {
            Files.writeString(temporary.resolve("registry/state.json"), damaged);
            assertThatThrownBy(() -> folder().held()).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
