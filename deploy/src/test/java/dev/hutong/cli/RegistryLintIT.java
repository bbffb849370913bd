package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hutong registry lint} against a real hub. */
class RegistryLintIT {
    private static final String ISSUER = "440100.citycode";

    @TempDir
    private Path folder;

    private WatchedHub hub() {
        return WatchedHub.start(folder, InstantSource.system());
    }

    private static InProcess lint(String hub) {
        return InProcess.run("registry", "lint", "--hub", hub);
    }

    @Test
    void whatWasFoundIsNamedWithItsRemedyAndIsAFailure() {
        new FoundedFolder(folder).register(ISSUER);
        try (WatchedHub hub = hub()) {
            InProcess run = lint(hub.url().toString());
            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.out().lines())
                    .hasSize(5)
                    .anyMatch(line -> line.matches("WEAK {9}registry"))
                    .anyMatch(line -> line.matches(" {13}There are 2 operators: .*Propose further operators: .*"))
                    .anyMatch(line -> line.matches("WEAK {9}" + ISSUER + " [A-Za-z0-9_-]{43}"))
                    .anyMatch(line -> line.matches(" {13}It may sign without end\\. Propose a key with a signUntil .*"))
                    .last()
                    .asString()
                    .startsWith("2 to look after in a log of 4 entries, at ");
        }
    }

    @Test
    void aRegistryWithNothingToLookAfterIsNone() {
        try (WatchedHub hub = hub()) {
            InProcess run = lint(hub.url().toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).startsWith("Nothing to look after in a log of 0 entries, at ");
        }
    }

    @Test
    void aHubThatCannotBeReachedIsSaidToBe() {
        InProcess run = lint("http://127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("hutong: ");
    }
}
