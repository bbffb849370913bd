package dev.hutong.cli;

import dev.hutong.registry.KeyFile;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.proposal.KeyOffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The key that a proposal brings into the registry: a mixin. */
final class BroughtKey {
    @Option(
            names = "--new-key",
            required = true,
            paramLabel = "FILE",
            description = {
                "The key it brings: its private JWK, which signs too, to prove that its owner has it.",
                "With --prepare its public one will do."
            })
    private Path file = Path.of("");

    private @Nullable PrivateJwk privateKey;

    PublicJwk read(boolean signsElsewhere) {
        return switch (KeyFile.load(file)) {
            case KeyFile.Reading.Key(PrivateJwk key) -> {
                privateKey = key;
                yield key.publicJwk();
            }
            case KeyFile.Reading.NoKey(String why) ->
                Arguments.admittedPublicKey(file).filter(key -> signsElsewhere).orElseThrow(() -> notUsable(why));
        };
    }

    Optional<PrivateJwk> privateKey() {
        return Optional.ofNullable(privateKey);
    }

    private CommandFailure notUsable(String why) {
        return new CommandFailure(
                ExitCodes.FAILED,
                "--new-key: "
                        + (Arguments.admittedPublicKey(file).isPresent()
                                ? file
                                        + " is a public key, and the key signs too: give the private one, or --prepare FILE to have it"
                                        + " signed where the key is"
                                : why));
    }

    /** When an issuer's new key may be used: a mixin. */
    static final class Times {
        @Option(
                names = "--not-before",
                paramLabel = "TIME",
                description =
                        "When it may first sign, such as 2026-01-05T08:00:00Z (default: as early as the rules allow).")
        private @Nullable String notBefore;

        @Option(
                names = "--sign-until",
                paramLabel = "TIME",
                description = "When it may sign no longer (default: without end).")
        private @Nullable String signUntil;

        @Option(
                names = "--verify-until",
                paramLabel = "TIME",
                description = "When nothing it signed is good any more (default: without end); asks for --sign-until.")
        private @Nullable String verifyUntil;

        KeyOffer of(PublicJwk key) {
            KeyOffer offer = new KeyOffer(
                    key,
                    Arguments.instant("--not-before", notBefore),
                    Arguments.instant("--sign-until", signUntil),
                    Arguments.instant("--verify-until", verifyUntil));
            if (!offer.isInOrder()) {
                throw new CommandFailure(
                        ExitCodes.USAGE,
                        "--not-before must be earlier than --sign-until, and --verify-until no earlier than a --sign-until.");
            }
            return offer;
        }
    }
}
