package dev.hutong.cli;

import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Delegation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "delegate",
        mixinStandardHelpOptions = true,
        description = {
            "For whom the issuer may answer, in place of what was delegated to it before.",
            "Signed by its key, its parent's or an operator's."
        })
final class ProposeDelegation extends ProposeIssuer.OfIssuer {
    @Option(names = "--none", description = "It answers for nobody any more.")
    private boolean none;

    @Option(
            names = "--regions",
            paramLabel = "PREFIX",
            description = "How the region codes of those below begin: 0 to 6 digits, such as 44.")
    private @Nullable String regions;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "A format they may issue; again for a further one.")
    private Set<String> formats = new HashSet<>();

    @Option(
            names = "--alg",
            paramLabel = "ES256|EdDSA|SM2",
            description = "An algorithm their keys may have; again for a further one (default: all three).")
    private Set<String> algorithms = new HashSet<>();

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "How many levels of issuers below it: 1 to 3 (default: 1).")
    private int depth = 1;

    @Option(names = "--until", paramLabel = "TIME", description = "When it ends (default: never).")
    private @Nullable String until;

    @Override
    Action action() {
        return new Delegate(issuer(), none ? Optional.empty() : Optional.of(delegation()));
    }

    private Delegation delegation() {
        if (regions == null || formats.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "Give what is delegated with --regions PREFIX and --format FORMAT, or end it with --none.");
        }
        try {
            return new Delegation(regions, formats, algorithms(), depth, Arguments.instant("--until", until));
        } catch (IllegalArgumentException limit) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "The delegation cannot be: " + Shown.sentence(String.valueOf(limit.getMessage())));
        }
    }

    private Set<SignatureAlgorithm> algorithms() {
        return algorithms.isEmpty()
                ? Set.of(SignatureAlgorithm.values())
                : algorithms.stream()
                        .map(name -> SignatureAlgorithm.of(name)
                                .orElseThrow(() -> Arguments.usage(
                                        "--alg",
                                        name,
                                        "is none of "
                                                + Arrays.stream(SignatureAlgorithm.values())
                                                        .map(SignatureAlgorithm::jose)
                                                        .collect(Collectors.joining(", ")))))
                        .collect(Collectors.toSet());
    }
}
