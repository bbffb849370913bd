package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.VerifiedCheckpoint.Reading;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.tlog.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedCheckpointIT {
    private static final PrivateJwk OTHER = Keys.generated(SignatureAlgorithm.EDDSA, 78);

    @TempDir
    private Path folder;

    private final FoundedRegistry registry = FoundedRegistry.withIssuer();
    private final SignedCheckpoint checkpoint = ShownLog.of(registry.log).checkpoint();

    private Path file() {
        return folder.resolve("verified.checkpoint");
    }

    private Reading read(PrivateJwk key) {
        return VerifiedCheckpoint.read(file(), key.publicJwk(), Fixtures.PROVIDERS);
    }

    @Test
    void whatWasWrittenIsKnownAndReplacedAsAWhole() throws IOException {
        VerifiedCheckpoint.write(
                file(),
                new ShownLog(
                                ShownLog.leavesOf(registry.log).subList(0, 2),
                                FoundedRegistry.ORIGIN,
                                FoundedRegistry.LOG_KEY)
                        .checkpoint());
        VerifiedCheckpoint.write(file(), checkpoint);

        assertThat(read(FoundedRegistry.LOG_KEY)).isEqualTo(new Reading.Known(checkpoint.checkpoint()));
        assertThat(folder).isDirectoryContaining(file()::equals);
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aFileThatIsMissingOrDamagedSaysNothing() throws IOException {
        assertThat(read(FoundedRegistry.LOG_KEY)).isInstanceOf(Reading.Unknown.class);
        Files.writeString(file(), "half a checkp");
        assertThat(read(FoundedRegistry.LOG_KEY)).isInstanceOf(Reading.Unknown.class);
        Files.writeString(file(), checkpoint.toString().replace("\n4\n", "\n3\n"));
        assertThat(read(FoundedRegistry.LOG_KEY)).isInstanceOf(Reading.Unknown.class);
    }

    @Test
    void aFileOfAnotherKeyIsForeign() throws IOException {
        VerifiedCheckpoint.write(file(), checkpoint);
        assertThat(read(OTHER)).isInstanceOf(Reading.Foreign.class);
    }

    @Test
    void aLogThatWasRewrittenSinceIsNotOpened() {
        InMemoryRegistryLog rewritten = new InMemoryRegistryLog();
        ShownLog.leavesOf(new FoundedRegistry().log).forEach(rewritten::put);
        assertThatThrownBy(
                        () -> Registry.open(rewritten, Fixtures.PROVIDERS, () -> Fixtures.NOW, checkpoint.checkpoint()))
                .isInstanceOf(CorruptRegistryException.class);
    }
}
