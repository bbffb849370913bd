package dev.hutong.cli;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyFile;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.EntityConfiguration;
import dev.hutong.registry.proposal.EntityId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "federation",
        mixinStandardHelpOptions = true,
        description = "Take part in OpenID Federation.",
        subcommands = FederationCommand.Entity.class)
final class FederationCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Console.of(spec)
                .out()
                .println("hutong federation entity signs what an issuer says about itself; --help says how.");
        return ExitCodes.USAGE;
    }

    @Command(
            name = "entity",
            mixinStandardHelpOptions = true,
            description = {
                "Sign an issuer's entity configuration with its federation key, here: the key goes nowhere.",
                "What is printed is then proposed to the registry, and two operators approve it."
            })
    static final class Entity implements Callable<Integer> {
        @Option(
                names = "--issuer",
                required = true,
                paramLabel = "ID",
                description = "<GB/T 2260 region>.<format>, such as 440100.citycode.")
        private String issuer = "";

        @Option(
                names = "--key",
                required = true,
                paramLabel = "FILE",
                description =
                        "The issuer's federation key, of its own and for nothing else (keys generate --alg ES256).")
        private Path key = Path.of("");

        @Option(
                names = "--hub",
                required = true,
                paramLabel = "URL",
                description = "The hub's public URL, as its own entity configuration says it.")
        private String hub = "";

        @Option(
                names = "--days",
                paramLabel = "N",
                defaultValue = "365",
                description = "For how long it is good: 1 to 398 (default: ${DEFAULT-VALUE}).")
        private int days;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "Where it goes instead of being printed; never overwritten.")
        private @Nullable Path out;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            EntityConfiguration signed = sign(entity(), key());
            if (out == null) {
                Console.of(spec).out().println(signed.text());
            } else {
                write(out, signed.text());
            }
            return ExitCodes.OK;
        }

        private EntityId entity() {
            IssuerId id = IssuerId.parse(issuer)
                    .orElseThrow(() ->
                            usage("--issuer: «" + issuer + "» is not <six digits>.<format>, such as 440100.citycode"));
            EntityId.faultInAnchor(hub).ifPresent(fault -> {
                throw usage("--hub: «" + hub + "» " + fault);
            });
            return new EntityId(hub, id);
        }

        private PrivateJwk key() {
            return switch (KeyFile.load(key)) {
                case KeyFile.Reading.Key(PrivateJwk read) -> read;
                case KeyFile.Reading.NoKey(String why) -> throw new CommandFailure(ExitCodes.FAILED, "--key: " + why);
            };
        }

        private EntityConfiguration sign(EntityId entity, PrivateJwk by) {
            if (days < 1 || days > EntityConfiguration.LONGEST.toDays()) {
                throw usage("--days: 1 to " + EntityConfiguration.LONGEST.toDays() + ", not " + days);
            }
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            try {
                return EntityConfiguration.sign(
                        entity,
                        now,
                        now.plus(Duration.ofDays(days)),
                        new CompactJwsSigner(by, SignatureProviders.choose()));
            } catch (IllegalArgumentException refused) {
                throw new CommandFailure(ExitCodes.FAILED, "--key: " + refused.getMessage());
            }
        }

        private static void write(Path file, String text) {
            try {
                Files.createFile(file);
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        "--out: " + file + " cannot be written (" + e + "): give a new file in a folder that exists.");
            }
        }

        private static CommandFailure usage(String why) {
            return new CommandFailure(ExitCodes.USAGE, why);
        }
    }
}
