package dev.hutong.cli;

import dev.hutong.hub.bundle.Bundle;
import dev.hutong.registry.DurableFile;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.snapshot.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bundle on this host, and beside it, under the same name with {@value #NOTES} behind it, what must not be forgotten: the hub's key, and the
 * newest registry that was seen.
 */
final class BundleFile {
    private static final String NOTES = ".state.json";

    private final Path file;

    BundleFile(Path file) {
        this.file = file;
    }

    /** Where the notes are. */
    Path notes() {
        return file.resolveSibling(file.getFileName() + NOTES);
    }

    /** What was noted; empty where nothing was fetched yet. */
    Optional<Held> held() {
        try {
            return Optional.of(Held.of(Files.readAllBytes(notes())));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    notes() + " is not what was noted (" + e.getMessage()
                            + "): restore it, or delete it to begin anew, which forgets what was seen.");
        }
    }

    /** Puts a bundle here, and notes it. */
    void keep(byte[] octets, Held held) {
        try {
            DurableFile.replace(file, octets);
            DurableFile.replace(notes(), held.toJson());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED, "--to: " + file + " cannot be written (" + e + "): give a file of your own.");
        }
    }

    /**
     * The bundle, where it may be decided by now.
     *
     * @param key the hub's; where none is given, the one that was noted
     */
    Bundle usable(@Nullable Path key, Instant now) {
        Optional<Held> held = held();
        return switch (Bundle.read(octets(), hubKey(key, held), SignatureProviders.choose(), now)) {
            case Bundle.Reading.Usable(Bundle bundle) -> {
                requireNoneNewer(bundle, held);
                yield bundle;
            }
            case Bundle.Reading.Refused refused ->
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        "Refused (" + refused.ground() + "): " + Shown.sentence(refused.reason())
                                + " Fetch another with hutong bundle fetch.");
        };
    }

    /** The bundle, however old: for what was decided by it. */
    Bundle ofAnyAge(PublicJwk hubKey) {
        return switch (Bundle.readOfAnyAge(octets(), hubKey, SignatureProviders.choose())) {
            case Bundle.Reading.Usable(Bundle bundle) -> bundle;
            case Bundle.Reading.Refused refused ->
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        "Refused (" + refused.ground() + "): " + Shown.sentence(refused.reason())
                                + " Fetch another with hutong bundle fetch.");
        };
    }

    /** The hub's key: the one given, or the one that was noted. */
    PublicJwk hubKey(@Nullable Path key) {
        return hubKey(key, held());
    }

    private PublicJwk hubKey(@Nullable Path key, Optional<Held> held) {
        if (key != null) {
            return TrustedHub.fromFile(key);
        }
        return held.map(Held::hubKey)
                .orElseThrow(() -> new CommandFailure(
                        ExitCodes.FAILED,
                        "There is no " + notes()
                                + " that says by which key the hub is known: give its public key with --key, or"
                                + " fetch the bundle with hutong bundle fetch."));
    }

    /** An older bundle in the newer one's place would undo a revocation. */
    private static void requireNoneNewer(Bundle bundle, Optional<Held> held) {
        long size = bundle.registry().checkpoint().size();
        long seen = held.map(noted -> noted.newest().sequence()).orElse(0L);
        if (size < seen) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "Refused (ROLLBACK): its registry has " + size + " entries, and one of " + seen
                            + " was fetched here before. Fetch another with hutong bundle fetch.");
        }
    }

    private byte[] octets() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "--bundle: " + file + " cannot be read (" + e + "): hutong bundle fetch brings one.");
        }
    }
}
