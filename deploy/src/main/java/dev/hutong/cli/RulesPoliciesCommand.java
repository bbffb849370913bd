package dev.hutong.cli;

import dev.hutong.mapping.policy.Policies;
import dev.hutong.mapping.policy.PolicyAdmission;
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
        name = "policies",
        mixinStandardHelpOptions = true,
        description = "Say whether a folder of destination policies can take effect, and what stands in its way.",
        footer = "Exit code: 0 where all are admitted, 1 where one is not.")
final class RulesPoliciesCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder with NAME.yaml and NAME.examples.yaml.")
    private Path folder = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<String> faults = new PolicyAdmission(Policies.bundled(PackageFolder.REGIONS)).faults(folder);
        PrintWriter out = Console.of(spec).out();
        faults.forEach(fault -> out.println(Shown.line(fault)));
        out.println(folder + (faults.isEmpty() ? " is admitted." : " is not admitted: " + faults.size() + " to mend."));
        return faults.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
