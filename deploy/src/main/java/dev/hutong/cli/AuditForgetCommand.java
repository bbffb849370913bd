package dev.hutong.cli;

import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.ledger.LedgerPlace;
import dev.hutong.hub.ledger.PeriodKeys;
import dev.hutong.hub.ledger.PseudonymPeriod;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = {
            "Destroy the keys of periods of pseudonyms, for ever: from then on nothing leads from them to a person.",
            "The hub writes a signed record of it into the ledger within a minute, or when it is started next.",
            "Exit code 1: a period has no key, or is not over."
        })
final class AuditForgetCommand implements Callable<Integer> {
    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Parameters(
            paramLabel = "PERIOD",
            arity = "1..*",
            description = "Such as 2026-11, or 2026-11-24 where keys last a day.")
    private List<String> periods = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        HubConfig hub = ledger.hub();
        Path folder = LedgerPlace.keys(hub.data());
        PeriodKeys keys = new PeriodKeys(folder, hub.ledger().pseudonymPeriod());
        Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
        periods.forEach(period -> requireOver(period, now));
        PrintWriter out = Console.of(spec).out();
        for (String period : periods) {
            try {
                PeriodKeys.Destroyed destroyed = keys.destroy(period, now, "by hand")
                        .orElseThrow(() -> new CommandFailure(
                                ExitCodes.FAILED, "There is no key of " + period + " in " + folder + "."));
                out.printf("Forgotten: %s (the key with the SHA-256 %s)%n", period, destroyed.fingerprint());
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCodes.FAILED, "The key of " + period + " could not be destroyed: " + e + ". Try again.");
            }
        }
        return ExitCodes.OK;
    }

    /** A running hub holds the present key, and would go on with it. */
    private static void requireOver(String period, Instant now) {
        if (!PseudonymPeriod.isName(period)) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "«" + Shown.line(period) + "» is no period, such as 2026-11 or 2026-11-24.");
        }
        if (PseudonymPeriod.endOf(period).isAfter(now)) {
            throw new CommandFailure(ExitCodes.FAILED, period + " is not over: its key is in use.");
        }
    }
}
