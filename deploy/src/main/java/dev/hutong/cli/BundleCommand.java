package dev.hutong.cli;

import dev.hutong.hub.bundle.Bundle;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.snapshot.Held;
import dev.hutong.registry.snapshot.HubSource;
import dev.hutong.registry.snapshot.SnapshotSync;
import dev.hutong.registry.snapshot.SyncOutcome;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
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
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = "What codes are resolved by without a network: a hub's registry and rules in one signed file.",
        subcommands = BundleCommand.Fetch.class)
final class BundleCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Console.of(spec)
                .out()
                .println("hutong bundle fetch brings one; hutong resolve --offline --bundle FILE decides by it.");
        return ExitCodes.USAGE;
    }

    @Command(
            name = "fetch",
            mixinStandardHelpOptions = true,
            description = {
                "Bring a hub's bundle, where it is signed, fresh, and no step back.",
                "The first visit notes the hub's key beside it, and every later one asks for the same."
            },
            footer = {
                "",
                "Exit code: 0 fetched; 1 refused, and what was there stays; 2 wrong usage; 5 the hub cannot be reached."
            })
    static final class Fetch implements Callable<Integer> {
        @Mixin
        private HubConnection hub = new HubConnection();

        @Mixin
        private ClientLogin login = new ClientLogin();

        @Mixin
        private TrustedHub trusted = new TrustedHub();

        @Option(names = "--to", required = true, paramLabel = "FILE", description = "Where it is kept.")
        private Path to = Path.of("");

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            PrintWriter out = Console.of(spec).out();
            BundleFile file = new BundleFile(to);
            Optional<Held> held = file.held();
            PublicJwk hubKey = trusted.key(hub, held, to.toString(), out);
            byte[] octets = hub.get("/v1/bundle", login.headers(hub)).orFail().body();
            SignatureProviders providers = SignatureProviders.choose();
            Instant now = InstantSource.system().instant();
            switch (Bundle.read(octets, hubKey, providers, now)) {
                case Bundle.Reading.Refused(SyncOutcome.Ground ground, String reason) -> throw refused(ground, reason);
                case Bundle.Reading.Usable(Bundle bundle) -> {
                    requireSuccessor(bundle, hubKey, held, providers);
                    file.keep(octets, bundle.synced().held());
                    out.printf(
                            "In %s: a registry of %d entries, %d format packages; good until %s.%n",
                            to,
                            bundle.registry().checkpoint().size(),
                            bundle.versions().packages().size(),
                            bundle.expires());
                }
            }
            return ExitCodes.OK;
        }

        /** The registry in it goes through the same checks as one that registry sync takes over. */
        private void requireSuccessor(
                Bundle bundle, PublicJwk hubKey, Optional<Held> held, SignatureProviders providers)
                throws InterruptedException {
            SyncOutcome outcome = new SnapshotSync(
                            new Fetched(bundle, new AskedHub(hub)), providers, InstantSource.system())
                    .sync(hubKey, held, Optional.empty());
            if (outcome instanceof SyncOutcome.Refused(SyncOutcome.Ground ground, String reason)) {
                throw refused(ground, reason);
            }
        }

        private CommandFailure refused(SyncOutcome.Ground ground, String reason) {
            return new CommandFailure(
                    ExitCodes.FAILED,
                    "Refused (" + ground + "): " + Shown.sentence(reason) + " What was in " + to + " stays.");
        }
    }

    /** The snapshot of a bundle, with the hub that proves where it comes from. */
    private record Fetched(Bundle bundle, HubSource hub) implements HubSource {
        @Override
        public Answer snapshot() {
            String jws = bundle.synced().received().snapshot();
            return new Answer(200, jws.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public Answer delta(long from) throws InterruptedException {
            return hub.delta(from);
        }

        @Override
        public Answer proof(long from, long to) throws InterruptedException {
            return hub.proof(from, to);
        }
    }
}
