package dev.hutong.registry.snapshot;

import dev.hutong.registry.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a client keeps its copy of a registry.
 *
 * <p>{@code registry.json} is for readers; {@code snapshot.jwt} and, where there is one, {@code delta.jwt} show that a hub signed it;
 * {@code state.json} must not be lost, since without it a rollback is not seen. Each file is replaced whole, by one rename, is
 * on the disk before the next, and {@code state.json} before {@code registry.json}: wherever the client is killed or the power fails, a
 * reader finds a whole registry, and the client remembers at least what it showed.
 */
public final class SnapshotFolder {
    private final Path folder;

    public SnapshotFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * What the client remembers; empty where it was never here.
     *
     * @throws IllegalArgumentException if the file is not what was kept
     */
    public Optional<Held> held() throws IOException {
        return read("state.json").map(Held::of);
    }

    /** The whole snapshot that was last kept, as it stands. */
    public Optional<String> snapshot() throws IOException {
        return read("snapshot.jwt").map(octets -> new String(octets, StandardCharsets.ISO_8859_1).strip());
    }

    /** Puts this registry in the place of what was there. */
    public void keep(SyncedRegistry registry) throws IOException {
        Files.createDirectories(folder);
        if (registry.received().delta().isEmpty()) {
            Files.deleteIfExists(folder.resolve("delta.jwt"));
        }
        replace("snapshot.jwt", ascii(registry.received().snapshot()));
        if (registry.received().delta().isPresent()) {
            replace("delta.jwt", ascii(registry.received().delta().get()));
        }
        replace("state.json", registry.held().toJson());
        replace("registry.json", registry.toJson());
    }

    private Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private void replace(String name, byte[] content) throws IOException {
        DurableFile.replaceForReaders(folder.resolve(name), content);
    }

    private static byte[] ascii(String jws) {
        return (jws + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
