package dev.hutong.cli;

import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.RemoveOperator;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proposals that concern who approves. */
final class ProposeOperator {
    private ProposeOperator() {}

    @Command(
            name = "add-operator",
            mixinStandardHelpOptions = true,
            description = "Somebody may approve from now on. Signed by the key that is brought.")
    static final class Add extends Proposing {
        @Option(names = "--name", required = true, paramLabel = "NAME", description = "A person or an office.")
        private String name = "";

        @Mixin
        private BroughtKey key = new BroughtKey();

        @Override
        Action action() {
            return new AddOperator(name, key.read(signsElsewhere()));
        }

        @Override
        Optional<PrivateJwk> newKey() {
            return key.privateKey();
        }
    }

    @Command(
            name = "remove-operator",
            mixinStandardHelpOptions = true,
            description = "Somebody may approve no longer; two must stay. Signed by an operator.")
    static final class Remove extends Proposing {
        @Option(names = "--kid", required = true, paramLabel = "KID", description = "The operator's key.")
        private String kid = "";

        @Override
        Action action() {
            return new RemoveOperator(Arguments.kid("--kid", kid));
        }
    }
}
