package dev.hutong.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Write a format package, and see whether it can take effect: docs/rules.md is the way.",
        subcommands = {
            RulesNewCommand.class,
            RulesCheckCommand.class,
            RulesTestCommand.class,
            RulesDiffCommand.class,
            RulesExplainCommand.class,
            RulesPoliciesCommand.class
        })
final class RulesCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Console.of(spec)
                .out()
                .println(
                        "hutong rules new begins a format package; test runs its examples, check says whether it is admitted, explain why a"
                                + " statement is what it is, diff what another version changes; --help says how.");
        return ExitCodes.USAGE;
    }
}
