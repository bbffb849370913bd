package dev.hutong.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "registry",
        mixinStandardHelpOptions = true,
        description = "Found a registry under dual control, change it with others, look after it, and take it over.",
        subcommands = {
            GenesisCommand.class,
            ProposeCommand.class,
            RevokeCommand.class,
            ApproveCommand.class,
            SignCommand.class,
            SubmitCommand.class,
            RegistryStatusCommand.class,
            RegistryLintCommand.class,
            RegistrySyncCommand.class
        })
final class RegistryCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Console.of(spec)
                .out()
                .println(
                        "hutong registry genesis founds a registry; propose, revoke and approve change it, status and lint show it, sync takes it over;"
                                + " --help says how.");
        return ExitCodes.USAGE;
    }
}
