package dev.hutong.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command prints: picocli's writers, so that a test can read them. */
record Console(PrintWriter out, CommandLine.Help.Ansi ansi) {
    /** The console of a command that picocli is running. */
    static Console of(@Nullable CommandSpec spec) {
        CommandLine commandLine = Objects.requireNonNull(spec, "picocli sets the spec before it calls")
                .commandLine();
        return new Console(commandLine.getOut(), commandLine.getColorScheme().ansi());
    }
}
