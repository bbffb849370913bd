package dev.hutong.cli;

import dev.hutong.hub.ledger.LedgerReader;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show the record of a decision, and where it stands. Exit code 1: there is none of this id.")
final class AuditShowCommand implements Callable<Integer> {
    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Parameters(paramLabel = "ID", description = "The decision's id.")
    private @Nullable String id;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        String wanted = Objects.requireNonNull(id);
        LedgerReader.Found found = ledger.read(store -> new LedgerReader(store).find(wanted))
                .orElseThrow(() ->
                        new CommandFailure(ExitCodes.FAILED, "The ledger has no record " + Shown.line(wanted) + "."));
        PrintWriter out = Console.of(spec).out();
        out.printf(
                "Record %d of block %d of %s%n",
                found.index(), found.block().number(), Shown.line(found.block().node()));
        Shown.members(found.json(), "  ", out);
        return ExitCodes.OK;
    }
}
