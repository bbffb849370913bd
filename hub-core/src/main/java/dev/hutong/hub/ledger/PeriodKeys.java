package dev.hutong.hub.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hutong.registry.DurableFile;
import dev.hutong.registry.OwnerOnly;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of the pseudonyms, one file for each period, readable by their owner only. A key that is destroyed is overwritten, its file
 * deleted, and a note of it stays in its place: so that no new key is ever made for that period, and so that the ledger's record of the
 * destruction is written although the process ends in between.
 */
public final class PeriodKeys {
    private static final String KEY = ".key";
    /** Destroyed, and the ledger does not say so yet. */
    private static final String FORGOTTEN = ".forgotten";
    /** Destroyed, and the ledger says so. */
    private static final String RECORDED = ".recorded";

    private static final int KEY_OCTETS = 32;

    private final Path folder;
    private final PseudonymPeriod period;
    private final SecureRandom random = new SecureRandom();

    /** @param folder made where it is missing, once the first key is */
    public PeriodKeys(Path folder, PseudonymPeriod period) {
        this.folder = folder;
        this.period = period;
    }

    /**
     * A key that was destroyed.
     *
     * @param fingerprint SHA-256 of the key, in lower-case hexadecimal
     * @param by what asked for it
     */
    public record Destroyed(String period, Instant at, String fingerprint, String by) {}

    PseudonymPeriod period() {
        return period;
    }

    /** The key of a period, made where there never was one; empty where it has been destroyed. */
    Optional<byte[]> keyOf(String name) throws IOException {
        if (Files.exists(file(name, FORGOTTEN)) || Files.exists(file(name, RECORDED))) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(file(name, KEY)));
        } catch (NoSuchFileException none) {
            return Optional.of(make(name));
        }
    }

    private static byte[] read(Path file) throws IOException {
        byte[] key = StrictBase64Url.decodeOrNull(Files.readString(file).strip());
        if (key == null || key.length != KEY_OCTETS) {
            throw new IOException(file + " is no key of a period: restore it from your backup");
        }
        return key;
    }

    private byte[] make(String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, OwnerOnly.folder(folder));
        }
        byte[] key = new byte[KEY_OCTETS];
        random.nextBytes(key);
        DurableFile.replace(file(name, KEY), (StrictBase64Url.encode(key) + "\n").getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    /** The periods whose keys are there, oldest first. */
    public List<String> periods() throws IOException {
        return named(KEY);
    }

    /**
     * Destroys the key of a period: notes it, overwrites the file with random octets, forces that to the disk, deletes the file.
     *
     * @return what was destroyed; empty where there is no such key
     */
    public Optional<Destroyed> destroy(String name, Instant now, String by) throws IOException {
        Path file = file(name, KEY);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Destroyed destroyed = new Destroyed(name, now, HexFormat.of().formatHex(Block.sha256(read(file))), by);
        DurableFile.replace(file(name, FORGOTTEN), note(destroyed));
        overwrite(file);
        Files.delete(file);
        return Optional.of(destroyed);
    }

    private void overwrite(Path file) throws IOException {
        byte[] noise = new byte[(int) Files.size(file)];
        random.nextBytes(noise);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(noise);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** What was destroyed, and the ledger does not say so yet. A key whose destruction was begun and not ended is destroyed now. */
    List<Destroyed> unrecorded() throws IOException {
        return named(FORGOTTEN).stream().map(this::noted).toList();
    }

    private Destroyed noted(String name) {
        try {
            Path key = file(name, KEY);
            if (Files.exists(key)) {
                overwrite(key);
                Files.delete(key);
            }
            JsonNode json = StrictJson.read(Files.readAllBytes(file(name, FORGOTTEN)))
                    .orElseThrow(() -> new IOException("the note of " + name + " is no JSON"));
            return new Destroyed(
                    name,
                    Instant.parse(json.path("at").asText()),
                    json.path("fingerprint").asText(),
                    json.path("by").asText());
        } catch (IOException e) {
            throw new LedgerStoreException("The keys of the ledger in " + folder + " cannot be read: " + e, e);
        }
    }

    /** Notes that the ledger says so. */
    void recorded(String name) throws IOException {
        Files.move(file(name, FORGOTTEN), file(name, RECORDED), StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] note(Destroyed destroyed) {
        return (JsonNodeFactory.instance
                                .objectNode()
                                .put("at", destroyed.at().toString())
                                .put("fingerprint", destroyed.fingerprint())
                                .put("by", destroyed.by())
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private List<String> named(String suffix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .filter(PseudonymPeriod::isName)
                    .sorted()
                    .toList();
        }
    }

    private Path file(String name, String suffix) {
        return folder.resolve(name + suffix);
    }
}
