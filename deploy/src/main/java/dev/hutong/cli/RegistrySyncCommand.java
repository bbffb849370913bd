package dev.hutong.cli;

import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.snapshot.Held;
import dev.hutong.registry.snapshot.SnapshotFolder;
import dev.hutong.registry.snapshot.SnapshotSync;
import dev.hutong.registry.snapshot.SyncOutcome;
import dev.hutong.registry.snapshot.SyncedRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "Take a hub's registry over into a folder, where it is signed, fresh, and no step back.",
            "The first visit notes the hub's key, and every later one asks for the same."
        },
        footer = {
            "",
            "Exit code: 0 in sync; 1 refused, and what was there stays; 2 wrong usage; 5 the hub cannot be reached."
        })
final class RegistrySyncCommand implements Callable<Integer> {
    @Mixin
    private HubConnection hub = new HubConnection();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "Where registry.json and what shows that it is the hub's are kept; made where it is missing.")
    private Path to = Path.of("");

    @Mixin
    private TrustedHub trusted = new TrustedHub();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Console.of(spec).out();
        SnapshotFolder folder = new SnapshotFolder(to);
        try {
            Optional<Held> held = held(folder);
            PublicJwk hubKey = trusted.key(hub, held, to.toString(), out);
            SyncOutcome outcome = new SnapshotSync(
                            new AskedHub(hub), SignatureProviders.choose(), InstantSource.system())
                    .sync(hubKey, held, folder.snapshot());
            return switch (outcome) {
                case SyncOutcome.Synced(Optional<Held> since, SyncedRegistry registry) -> {
                    folder.keep(registry);
                    printSynced(since, registry, out);
                    yield ExitCodes.OK;
                }
                case SyncOutcome.Unchanged(SyncedRegistry registry) -> {
                    folder.keep(registry);
                    out.printf("In sync: sequence %d, unchanged.%n", sequence(registry));
                    printWarnings(registry, out);
                    yield ExitCodes.OK;
                }
                case SyncOutcome.Refused(SyncOutcome.Ground ground, String reason) ->
                    throw new CommandFailure(
                            ExitCodes.FAILED,
                            "Refused (" + ground + "): " + Shown.sentence(reason) + " What was in " + to + " stays.");
            };
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "--to: " + to + " cannot be read or written (" + e + "): give a folder of your own.");
        }
    }

    /** Without its memory a client could be shown anything older: it does not go on as if it had never been here. */
    private Optional<Held> held(SnapshotFolder folder) throws IOException {
        try {
            return folder.held();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    to + "/state.json is not what was kept (" + e.getMessage()
                            + "): restore it, or give another --to to begin anew, which forgets what was seen.");
        }
    }

    private void printSynced(Optional<Held> since, SyncedRegistry registry, PrintWriter out) {
        long from = since.map(held -> held.newest().sequence()).orElse(0L);
        SyncedRegistry.Changes changes = registry.changesSince(from);
        out.printf(
                "In sync: sequence %s -> %d; %d issuers and %d keys changed, %d refused, in %s.%n",
                since.isPresent() ? Long.toString(from) : "none",
                sequence(registry),
                changes.issuers(),
                changes.keys(),
                registry.refused().size(),
                to.resolve("registry.json"));
        printWarnings(registry, out);
    }

    private static void printWarnings(SyncedRegistry registry, PrintWriter out) {
        if (registry.late()) {
            out.printf(
                    "Warning: a newer snapshot was due at %s. The hub cannot read its log, or somebody holds it back; this one is good until %s.%n",
                    registry.held().newest().nextUpdate(),
                    registry.held().newest().expires());
        }
        registry.quarantined().forEach(one -> out.printf("Warning: %s is not used: %s%n", one.name(), one.reason()));
    }

    private static long sequence(SyncedRegistry registry) {
        return registry.held().newest().sequence();
    }
}
