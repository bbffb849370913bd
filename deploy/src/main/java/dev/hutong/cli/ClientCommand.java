package dev.hutong.cli;

import dev.hutong.registry.ClientId;
import dev.hutong.registry.LocalRegistration;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.proposal.Action.RegisterClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "client",
        mixinStandardHelpOptions = true,
        description = "Say who may ask a development hub that is not running.",
        subcommands = ClientCommand.Add.class)
final class ClientCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Console.of(spec)
                .out()
                .println("hutong client add registers a client; hutong token gets a token as one; --help says how.");
        return ExitCodes.USAGE;
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Register a client, which may ask at once.",
                "For loopback development hubs only: nobody approves it, and its entry in the log says so."
            })
    static final class Add implements Callable<Integer> {
        @Option(
                names = "--id",
                required = true,
                paramLabel = "ID",
                description = "2 to 64 of a-z, 0-9, point and hyphen, such as gate-7.station.")
        private String id = "";

        @Mixin
        private ClientTermsOptions terms = new ClientTermsOptions();

        @Option(
                names = "--jwk",
                required = true,
                paramLabel = "FILE",
                description = "Its public key, a JWK of ES256 or EdDSA (keys generate writes FILE.pub.json).")
        private Path jwk = Path.of("");

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "The hub's data folder (default: ./data); made where it is missing.")
        private Path data = Path.of("data");

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            RegisterClient client = client();
            return DataFolder.hold(data, (folder, registry) -> {
                if (registry.snapshot().governance().isPresent()) {
                    throw new CommandFailure(
                            ExitCodes.FAILED,
                            "The registry in " + data + " is under dual control: start its hub, propose with hutong"
                                    + " registry propose register-client, and let two operators approve.");
                }
                return switch (new LocalRegistration(registry, InstantSource.system()).add(client)) {
                    case LocalRegistration.Result.Added added -> {
                        Console.of(spec)
                                .out()
                                .printf(
                                        "Registered client %s; it authenticates by key %s.%n",
                                        id, added.key().value());
                        yield ExitCodes.OK;
                    }
                    case LocalRegistration.Result.Refused(String why) ->
                        throw new CommandFailure(ExitCodes.FAILED, why);
                };
            });
        }

        private RegisterClient client() {
            ClientId client = Arguments.client("--id", id);
            PublicJwk key = Arguments.publicKey("--jwk", jwk);
            try {
                return new RegisterClient(client, terms.terms(id), key);
            } catch (IllegalArgumentException fault) {
                throw new CommandFailure(ExitCodes.USAGE, "--jwk: " + fault.getMessage());
            }
        }
    }
}
