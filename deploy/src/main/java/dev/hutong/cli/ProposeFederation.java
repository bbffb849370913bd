package dev.hutong.cli;

import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.Federate;
import dev.hutong.registry.proposal.EntityConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "federate",
        mixinStandardHelpOptions = true,
        description = {
            "The issuer takes part in OpenID Federation, by what it says about itself (hutong federation entity).",
            "Signed by its code-signing key, one above it or an operator's."
        })
final class ProposeFederation extends ProposeIssuer.OfIssuer {
    @Option(
            names = "--entity-configuration",
            paramLabel = "FILE",
            description = "What it says, in place of what it said before.")
    private @Nullable Path entityConfiguration;

    @Option(names = "--end", description = "It takes part no longer.")
    private boolean end;

    @Override
    Action action() {
        if (end == (entityConfiguration != null)) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "Give what the issuer says about itself with --entity-configuration FILE, or end its part with --end.");
        }
        return new Federate(issuer(), Optional.ofNullable(entityConfiguration).map(this::signed));
    }

    /** Checked before it is signed for: what is proposed stays in the log for ever. */
    private String signed(Path file) {
        try {
            EntityConfiguration read =
                    EntityConfiguration.parse(Files.readString(file).strip());
            if (!read.entity().issuer().equals(issuer())) {
                throw new IllegalArgumentException(
                        "it is that of " + read.entity().issuer());
            }
            return read.text();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED, "--entity-configuration: " + file + " cannot be read (" + e + ").");
        } catch (IllegalArgumentException malformed) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "--entity-configuration: " + file + " cannot be deposited: "
                            + Shown.sentence(Shown.line(String.valueOf(malformed.getMessage())))
                            + " hutong federation entity makes one.");
        }
    }
}
