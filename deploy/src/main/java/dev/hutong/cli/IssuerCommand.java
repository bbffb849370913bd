package dev.hutong.cli;

import dev.hutong.registry.Governance;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.LocalRegistration;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "issuer",
        mixinStandardHelpOptions = true,
        description = "Work on the registry of a hub that is not running.",
        subcommands = {IssuerCommand.Add.class, IssuerCommand.ListIssuers.class})
final class IssuerCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Console.of(spec)
                .out()
                .println(
                        "hutong issuer add registers an issuer's key, hutong issuer list shows what is registered; --help says how.");
        return ExitCodes.USAGE;
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Register an issuer and make its key active at once.",
                "For loopback development hubs only: nobody approves it, and its entries in the log say so."
            })
    static final class Add implements Callable<Integer> {
        @Option(
                names = "--id",
                required = true,
                paramLabel = "ID",
                description = "<GB/T 2260 region>.<format>, such as 440100.citycode.")
        private String id = "";

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "What people call it.")
        private String name = "";

        @Option(
                names = "--jwk",
                required = true,
                paramLabel = "FILE",
                description = "Its public key, a JWK (keys generate writes FILE.pub.json).")
        private Path jwk = Path.of("");

        @Option(
                names = "--platform",
                paramLabel = "URL",
                description = "Where its platform answers, for a format that is asked online.")
        private @Nullable String platform;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "The hub's data folder (default: ./data); made where it is missing.")
        private Path data = Path.of("data");

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            IssuerId issuer = IssuerId.parse(id)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCodes.USAGE,
                            "--id: «" + id + "» is not <six digits>.<format>, such as 440100.citycode"));
            PublicJwk key = readKey(jwk);
            Optional<URI> url = Optional.ofNullable(platform).map(Add::url);
            return DataFolder.hold(data, (folder, registry) -> {
                registry.snapshot().governance().ifPresent(this::refuse);
                return switch (new LocalRegistration(registry, InstantSource.system()).add(issuer, name, url, key)) {
                    case LocalRegistration.Result.Added(boolean isNew, var kid) -> {
                        Console.of(spec)
                                .out()
                                .printf(
                                        "%s %s (%s); its %s key %s is active.%n",
                                        isNew ? "Registered" : "Known already:",
                                        issuer.value(),
                                        name,
                                        key.algorithm().jose(),
                                        kid.value());
                        yield ExitCodes.OK;
                    }
                    case LocalRegistration.Result.Refused(String why) ->
                        throw new CommandFailure(ExitCodes.FAILED, why);
                };
            });
        }

        private void refuse(Governance governance) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "The registry in " + data + " is under dual control (" + governance.origin()
                            + "): start its hub, propose with hutong registry propose "
                            + "register-issuer or add-key, and let two operators approve.");
        }

        private static PublicJwk readKey(Path file) {
            try {
                return switch (PublicJwk.parse(Files.readAllBytes(file))) {
                    case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> key;
                    case KeyAdmission.Refused<PublicJwk> refused ->
                        throw new CommandFailure(ExitCodes.FAILED, file + ": " + refused.explanation());
                };
            } catch (IOException e) {
                throw new CommandFailure(ExitCodes.FAILED, "--jwk: " + file + " cannot be read (" + e + ")");
            }
        }

        private static URI url(String text) {
            try {
                return new URI(text);
            } catch (URISyntaxException e) {
                throw new CommandFailure(ExitCodes.USAGE, "--platform: «" + text + "» is not a URL: " + e.getMessage());
            }
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the issuers and their keys.")
    static final class ListIssuers implements Callable<Integer> {
        @Option(names = "--data", paramLabel = "DIR", description = "The hub's data folder (default: ./data).")
        private Path data = Path.of("data");

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = Console.of(spec).out();
            if (!RegistryFolder.holdsRegistry(data)) {
                out.println("No issuers: there is no registry in " + data + " yet.");
                return ExitCodes.OK;
            }
            return DataFolder.hold(data, (folder, registry) -> {
                if (registry.snapshot().issuers().isEmpty()) {
                    out.println("No issuers yet.");
                }
                registry.snapshot().issuers().forEach(issuer -> print(issuer, out));
                return ExitCodes.OK;
            });
        }

        private static void print(RegisteredIssuer issuer, PrintWriter out) {
            out.printf(
                    "%s  %s%s%s%n",
                    issuer.id().value(),
                    issuer.name(),
                    issuer.platform().map(url -> "  " + url).orElse(""),
                    issuer.suspended() ? "  suspended" : "");
            for (RegisteredKey key : issuer.keys()) {
                out.printf(
                        "    %-5s  %s  %s since %s%n",
                        key.jwk().algorithm().jose(),
                        key.id().value(),
                        key.revocation().isPresent() ? "revoked; was active" : "active",
                        key.publishedAt());
            }
        }
    }
}
