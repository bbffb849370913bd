package dev.hutong.cli;

import dev.hutong.hub.HubStartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's root. Exit codes stand in {@link ExitCodes}. */
@Command(
        name = "hutong",
        mixinStandardHelpOptions = true,
        version = "hutong 0.1.0",
        description = "An open federation hub for health codes.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            ResolveCommand.class,
            TranslateCommand.class,
            KeysCommand.class,
            IssuerCommand.class,
            ClientCommand.class,
            TokenCommand.class,
            RegistryCommand.class,
            LogCommand.class,
            AuditCommand.class,
            BundleCommand.class,
            ReplayCommand.class,
            RulesCommand.class,
            FederationCommand.class
        })
public final class Hutong {
    private Hutong() {}

    public static void main(String[] arguments) {
        beQuietUnlessServing(arguments);
        System.exit(run(arguments));
    }

    /** Only a running hub has a log to keep; the other commands say what matters themselves. Set before the first logger is made. */
    private static void beQuietUnlessServing(String[] arguments) {
        if (arguments.length > 0 && !arguments[0].equals("serve") && System.getenv("HUTONG_LOG") == null) {
            System.setProperty("HUTONG_LOG", "WARN");
        }
    }

    /** Runs a command and gives its exit code. */
    static int run(String... arguments) {
        CommandLine commandLine = new CommandLine(new Hutong());
        commandLine.setExecutionExceptionHandler((failure, command, result) -> {
            if (failure instanceof HubStartException || failure instanceof CommandFailure) {
                command.getErr().println("hutong: " + failure.getMessage());
                return failure instanceof CommandFailure known ? known.exitCode() : ExitCodes.FAILED;
            }
            throw failure;
        });
        takeIdsThatBeginWithHyphen(commandLine);
        return commandLine.execute(arguments);
    }

    /**
     * Ids are base64url (RFC 4648 §5), of which one in 64 begins with a hyphen: what is no option of the command may be its id. One that
     * begins with -h or -V, as one in 2,048 does, is still taken for a call for help, unless it stands behind "--".
     */
    private static void takeIdsThatBeginWithHyphen(CommandLine command) {
        if (command.getCommandSpec().positionalParameters().stream()
                .anyMatch(parameter -> parameter.paramLabel().equals("ID"))) {
            command.setUnmatchedOptionsArePositionalParams(true);
        }
        command.getSubcommands().values().forEach(Hutong::takeIdsThatBeginWithHyphen);
    }
}
