package dev.hutong.cli;

import dev.hutong.registry.ClientId;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddClientKey;
import dev.hutong.registry.proposal.Action.RegisterClient;
import dev.hutong.registry.proposal.Action.RemoveClientKey;
import dev.hutong.registry.proposal.Action.WithdrawClient;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proposals that concern who may ask. */
final class ProposeClient {
    private ProposeClient() {}

    /** Whom a proposal concerns. */
    abstract static class OfClient extends Proposing {
        @Option(
                names = {"--client", "--id"},
                required = true,
                paramLabel = "ID",
                description = "The client: 2 to 64 of a-z, 0-9, point and hyphen, such as gate-7.station.")
        private String id = "";

        final ClientId client() {
            return Arguments.client("--client (or --id)", id);
        }

        /** What the registry would refuse for its shape alone is wrong usage. */
        static Action shaped(Supplier<Action> action) {
            try {
                return action.get();
            } catch (IllegalArgumentException fault) {
                throw new CommandFailure(ExitCodes.USAGE, Shown.sentence(String.valueOf(fault.getMessage())));
            }
        }
    }

    @Command(
            name = "register-client",
            mixinStandardHelpOptions = true,
            description = "Somebody may ask from now on. Signed by the key that is brought: ES256 or EdDSA.")
    static final class Register extends OfClient {
        @Mixin
        private ClientTermsOptions terms = new ClientTermsOptions();

        @Mixin
        private BroughtKey key = new BroughtKey();

        @Override
        Action action() {
            ClientId client = client();
            return shaped(() -> new RegisterClient(client, terms.terms(client.value()), key.read(signsElsewhere())));
        }

        @Override
        Optional<PrivateJwk> newKey() {
            return key.privateKey();
        }
    }

    @Command(
            name = "add-client-key",
            mixinStandardHelpOptions = true,
            description = "A client gets a further key. Signed by that, and by one that it has or an operator's.")
    static final class AddKey extends OfClient {
        @Mixin
        private BroughtKey key = new BroughtKey();

        @Override
        Action action() {
            return shaped(() -> new AddClientKey(client(), key.read(signsElsewhere())));
        }

        @Override
        Optional<PrivateJwk> newKey() {
            return key.privateKey();
        }
    }

    @Command(
            name = "remove-client-key",
            mixinStandardHelpOptions = true,
            description = {
                "A client may use a key no longer, and all its tokens end; one key must stay.",
                "Signed by a key that it has or an operator's."
            })
    static final class RemoveKey extends OfClient {
        @Option(names = "--kid", required = true, paramLabel = "KID", description = "The key.")
        private String kid = "";

        @Override
        Action action() {
            return new RemoveClientKey(client(), Arguments.kid("--kid", kid));
        }
    }

    @Command(
            name = "withdraw-client",
            mixinStandardHelpOptions = true,
            description = "A client may ask no longer, for ever. Signed by a key that it has or an operator's.")
    static final class Withdraw extends OfClient {
        @Override
        Action action() {
            return new WithdrawClient(client());
        }
    }
}
