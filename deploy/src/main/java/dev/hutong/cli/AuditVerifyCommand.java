package dev.hutong.cli;

import dev.hutong.hub.ledger.Block;
import dev.hutong.hub.ledger.ChainEnd;
import dev.hutong.hub.ledger.LedgerPlace;
import dev.hutong.hub.ledger.LedgerVerification;
import dev.hutong.hub.ledger.LedgerVerification.Verdict;
import dev.hutong.hub.ledger.SeenLedger;
import dev.hutong.registry.jose.SignatureProviders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verify a ledger from its first block on: hashes, roots, signatures, order, no gap; also while its hub runs.",
            "Exit code 0: it is as it was signed; 4: it is not, and a line names the first bad block; 1: it cannot be read."
        })
final class AuditVerifyCommand implements Callable<Integer> {
    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description =
                    "Keeps where each chain ended, and shows that nothing before it was cut off or changed since.")
    private @Nullable Path since;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<ChainEnd> seen = since == null ? List.of() : read(since);
        List<Block> waiting = waiting(ledger.hub().data());
        Verdict verdict =
                ledger.read(store -> LedgerVerification.verify(store, waiting, seen, SignatureProviders.choose()));
        if (verdict.extents().isEmpty()) {
            throw new CommandFailure(ExitCodes.FAILED, "The ledger has no block: no hub has written in it yet.");
        }
        if (since != null && verdict.faults().isEmpty()) {
            keep(since, verdict);
        }
        print(verdict, seen.isEmpty());
        return verdict.faults().isEmpty() ? ExitCodes.OK : ExitCodes.BROKEN;
    }

    private static List<ChainEnd> read(Path file) {
        Arguments.requireFolderOf("--since", file);
        return switch (SeenLedger.read(file)) {
            case SeenLedger.Reading.Seen(List<ChainEnd> ends) -> ends;
            case SeenLedger.Reading.NotReadable(String why) ->
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        "--since: " + Shown.sentence(why)
                                + " Restore it, or give a new file and begin from what the ledger is now.");
        };
    }

    /** Before anything is said: what is said includes that it was kept. */
    private static void keep(Path file, Verdict verdict) {
        try {
            SeenLedger.write(
                    file,
                    verdict.extents().stream()
                            .flatMap(extent -> extent.end().stream())
                            .toList());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "--since: nothing is wrong with the ledger, but " + file + " cannot be written (" + e
                            + "): give a file that this user may write.");
        }
    }

    private void print(Verdict verdict, boolean first) {
        PrintWriter out = Console.of(spec).out();
        verdict.extents()
                .forEach(extent -> out.printf(
                        "%s: %d blocks with %d records verified%s%n",
                        Shown.line(extent.node()),
                        extent.blocks(),
                        extent.records(),
                        extent.lastAt().map(at -> ", the last of " + at).orElse("")));
        verdict.faults()
                .forEach(fault -> out.printf(
                        "%s: block %d is bad: %s%n", Shown.line(fault.node()), fault.block(), Shown.line(fault.why())));
        if (since != null && verdict.faults().isEmpty()) {
            out.println(
                    first
                            ? "Nothing was seen before; from now on " + since + " says where each chain ended"
                            : "What was seen before is unchanged");
        }
    }

    private static List<Block> waiting(Path data) {
        try {
            return LedgerPlace.waiting(data);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED, "The journal in " + data + " cannot be read (" + e + "): give this user access.");
        }
    }
}
