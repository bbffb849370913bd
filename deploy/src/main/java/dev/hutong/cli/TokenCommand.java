package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Get an access token as a registered client, and print it.",
            "It is good for ten minutes: curl -H \"Authorization: Bearer $(hutong token …)\"."
        },
        footer = "Exit code: 0; 1 where the hub gives none; 2 for wrong usage; 5 where the hub cannot be reached.")
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private HubConnection hub = new HubConnection();

    @Option(names = "--client", required = true, paramLabel = "ID", description = "The client.")
    private String client = "";

    @Option(
            names = {"--key", "--client-key"},
            required = true,
            paramLabel = "FILE",
            description = "Its private key, a JWK. It stays on this host.")
    private Path key = Path.of("");

    @Option(
            names = "--scope",
            paramLabel = "ROLES",
            description = "Some of its roles, with spaces between (default: all).")
    private @Nullable String scope;

    @Option(names = "--json", description = "Print the whole answer as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = ClientLogin.token(hub, client, key, Optional.ofNullable(scope));
        Console.of(spec)
                .out()
                .println(
                        json
                                ? answer.toPrettyString()
                                : Shown.line(answer.path("access_token").asText()));
        return ExitCodes.OK;
    }
}
