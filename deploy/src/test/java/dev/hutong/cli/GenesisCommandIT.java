package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hutong registry genesis} with the configuration of the hub that is to run there. */
class GenesisCommandIT {
    @TempDir
    private Path folder;

    private String operator(String name) {
        String file = folder.resolve(name + ".json").toString();
        if (Files.notExists(Path.of(file))) {
            InProcess.run("keys", "generate", "--alg", "ES256", "--out", file);
        }
        return name + "=" + file;
    }

    private InProcess genesis(String config) throws IOException {
        Path file = Files.writeString(folder.resolve("hub.yaml"), config);
        return InProcess.run(
                "registry",
                "genesis",
                "--origin",
                "registry.example/configured",
                "--operator",
                operator("Anna"),
                "--operator",
                operator("Bo"),
                "--config",
                file.toString());
    }

    @Test
    void aRegistryIsFoundedInTheDataFolderThatTheConfigurationNames() throws IOException {
        Path data = folder.resolve("configured");

        assertThat(genesis("data: " + data).out()).contains("Founded registry.example/configured in " + data);
        assertThat(data.resolve("registry.db")).exists();
        InProcess again = genesis("data: " + data);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("none is founded twice").hasLineCount(1);
    }

    @Test
    void theStoreThatTheConfigurationNamesIsTheOneThatIsOpened() throws IOException {
        InProcess run = genesis("""
                data: %s
                registry:
                  store:
                    url: jdbc:postgresql://127.0.0.1:1/hutong
                    user: hutong
                """.formatted(folder.resolve("hub")));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("jdbc:postgresql://127.0.0.1:1/hutong", "cannot be opened")
                .hasLineCount(1);
        assertThat(folder.resolve("hub/registry.db")).doesNotExist();
    }

    @Test
    void aConfigurationWithAMistakeFoundsNothing() throws IOException {
        InProcess run = genesis("datum: " + folder.resolve("hub"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("hub.yaml cannot be used", "datum");
        assertThat(folder.resolve("hub")).doesNotExist();
    }
}
