package dev.hutong.cli;

import dev.hutong.mapping.admission.AuthoredPackage;
import dev.hutong.mapping.admission.ExampleChange;
import dev.hutong.mapping.format.InvalidPackageException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Say which examples, of either version of a format package, have another answer in the other.",
        footer = "Exit code: 0, whether or not there are any; 1 where a package cannot be used.")
final class RulesDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "The folder of the one version.")
    private Path one = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "The folder of the next.")
    private Path next = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        AuthoredPackage before = new PackageFolder(one).read();
        AuthoredPackage after = new PackageFolder(next).read();
        List<ExampleChange> changes = changes(before, after);
        PrintWriter out = Console.of(spec).out();
        for (ExampleChange change : changes) {
            out.printf(
                    "%s%n  %-24s %s%n  %-24s %s%n",
                    Shown.line(change.name()),
                    before.format().versioned(),
                    Shown.line(change.before().toString()),
                    after.format().versioned(),
                    Shown.line(change.after().toString()));
        }
        out.println(changes.isEmpty() ? "No example changes its answer." : changes.size() + " change their answer.");
        return ExitCodes.OK;
    }

    private List<ExampleChange> changes(AuthoredPackage before, AuthoredPackage after) {
        try {
            return ExampleChange.between(before, after);
        } catch (InvalidPackageException e) {
            throw new PackageFolder(next).unusable(e);
        }
    }
}
