package dev.hutong.cli;

import dev.hutong.hub.bundle.Bundle;
import dev.hutong.hub.replay.RecordedDecision;
import dev.hutong.hub.replay.Replay;
import dev.hutong.hub.replay.ReplaySource;
import dev.hutong.hub.replay.Replayed;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Make a signed decision again, offline, and say whether it comes out the same.",
        footer = "Exit code: 0 where it is the same; 1 where it differs, or cannot be made again; 2 for wrong usage.")
final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DECISION.jws", description = "The decision, as the hub signed it.")
    private @Nullable Path decision;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            required = true,
            description = "What the hub decided by, however old.")
    private @Nullable Path bundle;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The hub's public key, where none was noted with the bundle.")
    private @Nullable Path key;

    @Option(names = "--code", paramLabel = "TEXT", description = "The code's text, to go its whole way again.")
    private @Nullable String code;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        BundleFile file = new BundleFile(Objects.requireNonNull(bundle));
        PublicJwk hubKey = file.hubKey(key);
        Bundle held = file.ofAnyAge(hubKey);
        Replay replay = new Replay(new ReplaySource(held.registry(), held.versions(), held.policies()));
        RecordedDecision recorded = recorded(hubKey);
        Replayed replayed = code == null ? replay.ofStatements(recorded) : replay.ofCode(recorded, code);
        PrintWriter out = Console.of(spec).out();
        return switch (replayed) {
            case Replayed.Same same -> {
                out.println("same: " + Shown.line(same.checked()));
                yield ExitCodes.OK;
            }
            case Replayed.Differs differs -> {
                out.println("differs:");
                differs.differences()
                        .forEach(one -> out.println("  "
                                + Shown.line(
                                        one.where() + ": decided " + one.decided() + ", replayed " + one.replayed())));
                yield ExitCodes.FAILED;
            }
            case Replayed.Impossible impossible ->
                throw new CommandFailure(
                        ExitCodes.FAILED, "It cannot be made again: " + Shown.line(impossible.why()) + ".");
        };
    }

    private RecordedDecision recorded(PublicJwk hubKey) {
        try {
            return switch (RecordedDecision.read(
                    Files.readString(Objects.requireNonNull(decision)), hubKey, SignatureProviders.choose())) {
                case RecordedDecision.Reading.Signed signed -> signed.decision();
                case RecordedDecision.Reading.Refused refused ->
                    throw new CommandFailure(
                            ExitCodes.FAILED, decision + " is refused: " + Shown.line(refused.why()) + ".");
            };
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.USAGE, decision + " cannot be read (" + e + ").");
        }
    }
}
