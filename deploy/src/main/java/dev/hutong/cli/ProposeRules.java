package dev.hutong.cli;

import dev.hutong.hub.rules.PackageContent;
import dev.hutong.hub.rules.RulesPackage;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RulesVersion;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.PublishRules;
import dev.hutong.registry.proposal.RulesOffer;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = {
            "A version of an issuer's rules is published. Signed by a key of the issuer's, one above it or an operator's.",
            "Issuer, version, validFrom and validTo are those that the package says of itself; only its digest goes to the hub."
        })
final class ProposeRules extends Proposing {
    @Option(
            names = "--package",
            required = true,
            paramLabel = "DIR",
            description = "The format package, exactly as the hubs will have it.")
    private Path folder = Path.of("");

    @Option(
            names = "--emergency",
            description = "In force without 48 hours of lead time; its validTo is at most 14 days after its validFrom.")
    private boolean emergency;

    @Override
    Action action() {
        RulesPackage rules = read();
        FormatPackage format = rules.format();
        return new PublishRules(
                new IssuerId(format.issuer().toString()),
                new RulesOffer(
                        RulesVersion.parse(format.version())
                                .orElseThrow(() -> refused("its version " + format.version()
                                        + " has leading zeros or more than nine digits in a number")),
                        rules.content().digest(),
                        format.inForce().from(),
                        format.inForce().to(),
                        emergency));
    }

    /** Admitted before it is signed for: what is published stays in the log for ever. */
    private RulesPackage read() {
        try {
            return RulesPackage.admitted(PackageContent.read(folder), Regions.load());
        } catch (IOException e) {
            throw refused("it cannot be read (" + e + ")");
        } catch (InvalidPackageException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private CommandFailure refused(String why) {
        return new CommandFailure(ExitCodes.FAILED, "--package: " + folder + ": " + Shown.sentence(why));
    }
}
