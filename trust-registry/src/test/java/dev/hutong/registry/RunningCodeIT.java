package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningCodeIT {
    @TempDir
    private Path folder;

    @Test
    void theSameCodeHasOneName() {
        assertThat(RunningCode.name()).isEqualTo(RunningCode.name()).matches("[0-9a-f]{64}");
    }

    @Test
    void anyOtherFileNameOrOctetIsOtherCode() throws IOException {
        Path one = Files.createDirectory(folder.resolve("p")).resolve("One.class");
        Files.writeString(one, "a");
        String name = RunningCode.digest(folder);
        Files.writeString(one, "b");
        assertThat(RunningCode.digest(folder)).isNotEqualTo(name);
        Files.writeString(one, "a");
        assertThat(RunningCode.digest(folder)).isEqualTo(name);
        Path moved = Files.move(one, folder.resolve("One.class"));
        assertThat(RunningCode.digest(folder)).isNotEqualTo(name);
        Files.move(moved, one);
        Files.createFile(folder.resolve("p").resolve("Two.class"));
        assertThat(RunningCode.digest(folder)).isNotEqualTo(name);
    }

    @Test
    void aJarIsNamedByItsOctets() throws IOException {
        Path jar = Files.writeString(folder.resolve("one.jar"), "a");
        String name = RunningCode.digest(jar);
        Files.writeString(jar, "b");
        assertThat(RunningCode.digest(jar)).isNotEqualTo(name);
    }
}
