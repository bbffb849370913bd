package dev.hutong.registry;

import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.NoteSignature;
import dev.hutong.registry.tlog.NoteVerifier;
import dev.hutong.registry.tlog.Parsed;
import dev.hutong.registry.tlog.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file with the last checkpoint at which a hub had checked every signature of its registry log: a signed note of the log's own key. A
 * cold start does not check old signatures again, and still notices a log that was rewritten meanwhile.
 *
 * <p>It protects against whoever can change the log and not this file or the log's key. Who can change them all can rewrite a
 * development log; of a log under dual control they still lack the operators' keys, but no start-up check would look.
 */
public final class VerifiedCheckpoint {
    private VerifiedCheckpoint() {}

    /** What the file was read as. */
    public sealed interface Reading {
        /** Of every entry up to here the signatures have been checked. */
        record Known(Checkpoint checkpoint) implements Reading {}

        /** It says nothing that can be relied on; {@code why} says why, and all signatures are to be checked. */
        record Unknown(String why) implements Reading {}

        /** Another key signed it: it belongs to another log, or the log's key was replaced. Somebody has to look. */
        record Foreign(String why) implements Reading {}
    }

    /** Reads the file. Never throws on its content. */
    public static Reading read(Path file, PublicJwk logKey, SignatureProviders providers) {
        try {
            return switch (SignedCheckpoint.parse(Files.readAllBytes(file))) {
                case Parsed.Valid<SignedCheckpoint>(SignedCheckpoint checkpoint) ->
                    read(file, checkpoint, logKey, providers);
                case Parsed.Malformed<SignedCheckpoint>(String reason) ->
                    new Reading.Unknown(file + " is no checkpoint: " + reason);
            };
        } catch (NoSuchFileException none) {
            return new Reading.Unknown("there is no " + file + " yet");
        } catch (IOException failure) {
            return new Reading.Unknown(file + " cannot be read: " + failure);
        }
    }

    private static Reading read(
            Path file, SignedCheckpoint checkpoint, PublicJwk logKey, SignatureProviders providers) {
        String origin = checkpoint.text().origin();
        if (checkpoint.signatures().stream().map(NoteSignature::name).noneMatch(origin::equals)) {
            return new Reading.Unknown(file + " is not signed by the log that it names");
        }
        NoteKey key = NoteKey.ofLog(origin, logKey);
        if (checkpoint.signatures().stream().noneMatch(signature -> signature.names(key))) {
            return new Reading.Foreign(file + " is signed by another key than this folder's log key " + key);
        }
        return new NoteVerifier(key, providers).hasSigned(checkpoint.note())
                ? new Reading.Known(checkpoint.checkpoint())
                : new Reading.Unknown(file + " has a signature that the log's key did not make");
    }

    /**
     * Replaces the file, durably.
     *
     * @param checkpoint signed by the log's key, of a registry whose signatures have all been checked
     * @throws IOException if that failed
     */
    public static void write(Path file, SignedCheckpoint checkpoint) throws IOException {
        DurableFile.replace(file, checkpoint.octets());
    }
}
