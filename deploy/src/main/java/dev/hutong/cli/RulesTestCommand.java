package dev.hutong.cli;

import dev.hutong.mapping.admission.AuthoredPackage;
import dev.hutong.mapping.admission.ExampleRun;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.province.ScanExample;
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
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Run the examples of a format package, and show those that do not come true.",
        footer = "Exit code: 0 where all come true, 1 where one does not.")
final class RulesTestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The package's folder.")
    private Path folder = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        AuthoredPackage authored = new PackageFolder(folder).read();
        List<ScanExample> scans = ScanExample.all(authored.format(), authored.examples());
        List<ExampleRun> runs = run(authored);
        PrintWriter out = Console.of(spec).out();
        scans.stream()
                .filter(scan -> !scan.comesTrue())
                .forEach(scan -> show(scan.name(), scan.expected(), scan.actual(), out));
        runs.stream()
                .filter(run -> !run.comesTrue())
                .forEach(run -> show(
                        run.name(),
                        run.expected().toString(),
                        run.actualAsFarAsExpected().toString(),
                        out));
        long failed = scans.stream().filter(scan -> !scan.comesTrue()).count()
                + runs.stream().filter(run -> !run.comesTrue()).count();
        out.printf(
                "%s: %d examples, %d of them scans; %s%n",
                authored.format().versioned(),
                scans.size() + runs.size(),
                scans.size(),
                failed == 0 ? "all come true." : failed + " do not come true.");
        return failed == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private List<ExampleRun> run(AuthoredPackage authored) {
        try {
            return authored.run();
        } catch (InvalidPackageException e) {
            throw new PackageFolder(folder).unusable(e);
        }
    }

    private static void show(String name, String expected, String actual, PrintWriter out) {
        out.printf("%s%n  expected  %s%n  actual    %s%n", Shown.line(name), Shown.line(expected), Shown.line(actual));
    }
}
