package dev.hutong.cli;

import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.monitor.Finding;
import dev.hutong.registry.monitor.LogVerification;
import dev.hutong.registry.monitor.LogVerification.Expectation;
import dev.hutong.registry.monitor.RemoteLog;
import dev.hutong.registry.monitor.SeenCheckpoint;
import dev.hutong.registry.monitor.Verdict;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.SignedCheckpoint;
import dev.hutong.registry.tlog.WitnessQuorum;
import dev.hutong.registry.web.WebClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
            "Fetch a hub's whole log and verify it, believing nothing: hashes, signatures, dual control, and whether each change was"
                    + " possible.",
            "Exit code 0: nothing is wrong; 1: a line for each thing that is; 5: the hub could not be reached."
        })
final class LogVerifyCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Mixin
    private HubConnection hub = new HubConnection();

    @Option(
            names = "--vkey",
            paramLabel = "VKEY",
            description = "The log's key, from somebody you trust (default: the one its genesis names).")
    private @Nullable String vkey;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description =
                    "Keeps the checkpoint that was verified, and proves that nothing before it has changed since.")
    private @Nullable Path since;

    @Option(
            names = "--witness",
            paramLabel = "VKEY",
            description =
                    "The key of a witness, from itself, that must have countersigned the checkpoint; may be given several times.")
    private List<String> witnesses = List.of();

    @Option(
            names = "--quorum",
            paramLabel = "N",
            description = "How many of the witnesses given must have countersigned it (default: all).")
    private @Nullable Integer quorum;

    @Option(names = "--allow-development", description = "Accept entries that nobody signed.")
    private boolean allowDevelopment;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Expectation expected = new Expectation(
                Optional.ofNullable(vkey).map(text -> LogCommand.logKey("--vkey", text)),
                witnessQuorum(),
                Optional.ofNullable(since).flatMap(LogVerifyCommand::read),
                allowDevelopment);
        try (WebClient web = new WebClient(PATIENCE, hub.trust())) {
            RemoteLog log = new RemoteLog(web, prefix());
            return switch (LogVerification.verify(log, expected, SignatureProviders.choose())) {
                case Verdict.Verified(Verdict.Summary summary) -> verified(summary);
                case Verdict.Faulty(List<Finding> findings) -> {
                    findings.forEach(Console.of(spec).out()::println);
                    yield ExitCodes.FAILED;
                }
                case Verdict.Unreachable(String why) ->
                    throw new CommandFailure(
                            ExitCodes.UNREACHABLE,
                            "The log of " + hub.url() + " cannot be fetched (" + why
                                    + "). Start a hub with ./hutong serve, or name it with --hub.");
            };
        }
    }

    /** A quorum of nobody would look like one, and ask for nothing. */
    private WitnessQuorum witnessQuorum() {
        if (quorum != null && quorum < 1) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "--quorum: at least 1, or leave it out to ask for all witnesses given");
        }
        List<NoteKey> keys = witnesses.stream()
                .map(vkey -> LogCommand.witnessKey("--witness", vkey))
                .toList();
        try {
            return new WitnessQuorum(keys, quorum == null ? keys.size() : quorum);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, "--witness, --quorum: " + e.getMessage());
        }
    }

    private URI prefix() {
        try {
            URI prefix = URI.create(hub.url() + "/log");
            if (prefix.getHost() != null && ("http".equals(prefix.getScheme()) || "https".equals(prefix.getScheme()))) {
                return prefix;
            }
        } catch (IllegalArgumentException noUri) {
            // Told below, as every other address that is none.
        }
        throw new CommandFailure(
                ExitCodes.USAGE,
                "--hub: «" + hub.url() + "» is not an http or https URL, such as http://127.0.0.1:8080.");
    }

    private static Optional<SignedCheckpoint> read(Path file) {
        // Before the log is fetched, and not when what was verified cannot be kept.
        Arguments.requireFolderOf("--since", file);
        return switch (SeenCheckpoint.read(file)) {
            case SeenCheckpoint.Reading.Seen(Optional<SignedCheckpoint> checkpoint) -> checkpoint;
            case SeenCheckpoint.Reading.NotReadable(String why) ->
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        "--since: " + Shown.sentence(why)
                                + " Restore it, or give a new file and begin from what the log is now.");
        };
    }

    /** Kept before anything is said: what is said includes that it was kept. */
    private int verified(Verdict.Summary summary) {
        if (since != null) {
            try {
                SeenCheckpoint.write(since, summary.checkpoint());
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        "--since: nothing is wrong with the log, but " + since + " cannot be written (" + e
                                + "): give a file that this user may write.");
            }
        }
        print(summary, Console.of(spec).out());
        return ExitCodes.OK;
    }

    private void print(Verdict.Summary summary, PrintWriter out) {
        out.printf(
                "Verified: %d entries of %s, root %s%n",
                summary.checkpoint().checkpoint().size(),
                summary.checkpoint().text().origin(),
                summary.checkpoint().checkpoint().root().toBase64());
        out.printf(
                "Signed by %s%s%n",
                summary.key(),
                summary.keyIsOfGenesis() ? ", the key that its own genesis names: give --vkey to expect one" : "");
        summary.cosigned().forEach(cosigned -> out.printf("Cosigned by %s at %s%n", cosigned.witness(), cosigned.at()));
        summary.seenSize()
                .ifPresentOrElse(size -> out.printf("The %d entries seen before are unchanged%n", size), () -> {
                    if (since != null) {
                        out.println("Nothing was seen before; from now on " + since + " says what was");
                    }
                });
        if (summary.developmentEntries() > 0) {
            out.printf("%d entries are of a development registry: nobody signed them%n", summary.developmentEntries());
        }
        out.printf("%d issuers%n", summary.issuers());
        summary.operators().forEach(operator -> out.println("Operator " + operator));
        if (summary.decisionsInAll() > summary.decisions().size()) {
            out.printf("%d decisions; the last of them:%n", summary.decisionsInAll());
        }
        summary.decisions().forEach(out::println);
    }
}
