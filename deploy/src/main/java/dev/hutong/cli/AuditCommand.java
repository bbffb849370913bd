package dev.hutong.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Verify, search and prove a hub's audit ledger, and forget its pseudonyms.",
        subcommands = {
            AuditVerifyCommand.class,
            AuditShowCommand.class,
            AuditExportCommand.class,
            AuditProveCommand.class,
            AuditForgetCommand.class
        })
final class AuditCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Console.of(spec)
                .out()
                .println(
                        "hutong audit verify checks the whole ledger, show and export search it, prove checks one record's proof,"
                                + " forget destroys a period's pseudonyms; --help says how.");
        return ExitCodes.USAGE;
    }
}
