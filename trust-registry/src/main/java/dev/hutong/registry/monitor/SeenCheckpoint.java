package dev.hutong.registry.monitor;

import dev.hutong.registry.DurableFile;
import dev.hutong.registry.tlog.Parsed;
import dev.hutong.registry.tlog.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The checkpoint that a log had when it was last verified, in a file. Losing it means losing the proof that nothing changed since. */
public final class SeenCheckpoint {
    private SeenCheckpoint() {}

    /** What the file was read as. */
    public sealed interface Reading {
        /** The checkpoint in it; empty where there is no file yet. */
        record Seen(Optional<SignedCheckpoint> checkpoint) implements Reading {}

        /** It holds no checkpoint, or cannot be read. */
        record NotReadable(String why) implements Reading {}
    }

    /** Reads the file. Never throws on its content. */
    public static Reading read(Path file) {
        try {
            return switch (SignedCheckpoint.parse(Files.readAllBytes(file))) {
                case Parsed.Valid<SignedCheckpoint>(SignedCheckpoint checkpoint) ->
                    new Reading.Seen(Optional.of(checkpoint));
                case Parsed.Malformed<SignedCheckpoint>(String reason) ->
                    new Reading.NotReadable(file + " is no checkpoint: " + reason);
            };
        } catch (NoSuchFileException none) {
            return new Reading.Seen(Optional.empty());
        } catch (IOException failure) {
            return new Reading.NotReadable(file + " cannot be read: " + failure);
        }
    }

    /**
     * Puts a checkpoint that was verified in the file's place, durably.
     *
     * @throws IOException if that failed; the file then has its old content or the new
     */
    public static void write(Path file, SignedCheckpoint checkpoint) throws IOException {
        DurableFile.replace(file, checkpoint.octets());
    }
}
