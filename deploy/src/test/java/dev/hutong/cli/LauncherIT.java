package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher up to the point where it would build; {@code --jdk} ends before it. */
class LauncherIT {
    private static final Path LAUNCHER =
            Path.of("").toAbsolutePath().resolveSibling("hutong").normalize();

    @TempDir
    private Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void aFolderWithASpaceInItsName() throws IOException {
        folder = Files.createDirectories(temporary.resolve("with a space"));
    }

    @Test
    void itsSyntaxIsValid() throws IOException, InterruptedException {
        assertThat(run(System.getenv(), "bash", "-n", LAUNCHER.toString())).isEmpty();
    }

    @Test
    void theJdkIsFoundFromElsewhere() throws IOException, InterruptedException {
        assertJdk(run(System.getenv(), LAUNCHER.toString(), "--jdk"));
    }

    @Test
    void theJdkIsFoundThroughLinksAndWithoutAnEnvironment() throws IOException, InterruptedException {
        Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), LAUNCHER);
        Path relative = Files.createSymbolicLink(folder.resolve("relative"), absolute.getFileName());
        String java = Path.of(System.getProperty("java.home"), "bin").toString();

        String printed =
                run(Map.of("PATH", java + File.pathSeparator + System.getenv("PATH")), relative.toString(), "--jdk");

        assertJdk(printed);
    }

    private static void assertJdk(String printed) {
        assertThat(printed).hasLineCount(1);
        assertThat(Path.of(printed.strip(), "bin", "java")).isExecutable();
        assertThat(Path.of(printed.strip(), "bin", "javac")).isExecutable();
    }

    /** What it prints, on either stream. */
    private String run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        Map<String, String> own = Map.copyOf(environment);
        builder.environment().clear();
        builder.environment().putAll(own);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
