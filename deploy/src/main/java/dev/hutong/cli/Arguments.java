package dev.hutong.cli;

import dev.hutong.registry.ClientId;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyFile;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what options say, and says in one line what an option should have said. */
final class Arguments {
    private Arguments() {}

    static IssuerId issuer(String option, String text) {
        return IssuerId.parse(text)
                .orElseThrow(() -> usage(option, text, "is not <six digits>.<format>, such as 440100.citycode"));
    }

    static ClientId client(String option, String text) {
        return ClientId.parse(text)
                .orElseThrow(() ->
                        usage(option, text, "is not 2 to 64 of a-z, 0-9, point and hyphen, such as gate-7.station"));
    }

    static KeyId kid(String option, String text) {
        return KeyId.parse(text)
                .orElseThrow(
                        () -> usage(option, text, "is no key's thumbprint: 43 characters, as keys generate prints"));
    }

    static Optional<Instant> instant(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            throw usage(option, text, "is not a time such as 2026-01-05T08:00:00Z");
        }
    }

    static Duration duration(String option, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw usage(option, text, "is not a duration such as PT48H or P7D");
        }
    }

    static URI url(String option, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw usage(option, text, "is not a URL: " + e.getMessage());
        }
    }

    /** A private key, which stays in this process. */
    static PrivateJwk privateKey(String option, Path file) {
        return switch (KeyFile.load(file)) {
            case KeyFile.Reading.Key(PrivateJwk key) -> key;
            case KeyFile.Reading.NoKey(String why) -> throw new CommandFailure(ExitCodes.FAILED, option + ": " + why);
        };
    }

    /** The public half of the key in this file, whichever half the file holds. */
    static PublicJwk publicKey(String option, Path file) {
        return switch (KeyFile.load(file)) {
            case KeyFile.Reading.Key(PrivateJwk key) -> key.publicJwk();
            case KeyFile.Reading.NoKey(String why) ->
                admittedPublicKey(file).orElseThrow(() -> new CommandFailure(ExitCodes.FAILED, option + ": " + why));
        };
    }

    /** The key in this file, if it is a public one alone. */
    static Optional<PublicJwk> admittedPublicKey(Path file) {
        try {
            return PublicJwk.parse(Files.readAllBytes(file)) instanceof KeyAdmission.Admitted<PublicJwk>(PublicJwk key)
                    ? Optional.of(key)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** There must be a folder for a file that will be written at the end. */
    static void requireFolderOf(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new CommandFailure(
                    ExitCodes.FAILED, option + ": there is no folder for " + file + ": make it, or give another file.");
        }
    }

    static CommandFailure usage(String option, String text, String fault) {
        return new CommandFailure(ExitCodes.USAGE, option + ": «" + Shown.line(text) + "» " + fault);
    }
}
