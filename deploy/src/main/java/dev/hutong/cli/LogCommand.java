package dev.hutong.cli;

import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.Parsed;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = "Check a hub's transparency log from outside, or countersign it.",
        subcommands = {LogVerifyCommand.class, LogWitnessCommand.class})
final class LogCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Console.of(spec)
                .out()
                .println("hutong log verify checks a hub's log, hutong log witness countersigns it; --help says how.");
        return ExitCodes.USAGE;
    }

    /** The key of a log that an option names. */
    static NoteKey logKey(String option, String vkey) {
        NoteKey key = key(option, vkey, "/health/ready shows a hub's");
        if (key.type() != NoteKey.Type.ED25519) {
            throw new CommandFailure(
                    ExitCodes.USAGE, option + ": it is a witness's key, not a log's; /health/ready shows a hub's");
        }
        return key;
    }

    /** The key of a witness that an option names. */
    static NoteKey witnessKey(String option, String vkey) {
        NoteKey key = key(option, vkey, "a witness prints its own when it starts");
        if (key.type() != NoteKey.Type.COSIGNATURE_V1) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    option + ": it is a log's key, not a witness's; a witness prints its own when it starts");
        }
        return key;
    }

    private static NoteKey key(String option, String vkey, String whereToFindOne) {
        return switch (NoteKey.parse(vkey)) {
            case Parsed.Valid<NoteKey>(NoteKey key) -> key;
            case Parsed.Malformed<NoteKey>(String reason) ->
                throw new CommandFailure(
                        ExitCodes.USAGE, option + ": it is no vkey (" + reason + "); " + whereToFindOne);
        };
    }
}
