package dev.hutong.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "propose",
        mixinStandardHelpOptions = true,
        description = "Propose a change, signed on this host; two operators who did not sign it must approve.",
        footer = "docs/registry.md says who must sign what. To revoke a key: hutong registry revoke.",
        subcommands = {
            ProposeIssuer.Register.class,
            ProposeIssuer.Suspend.class,
            ProposeIssuer.Resume.class,
            ProposeIssuer.Withdraw.class,
            ProposeDelegation.class,
            ProposeFederation.class,
            ProposeRules.class,
            ProposeKey.Add.class,
            ProposeKey.Suspend.class,
            ProposeKey.Resume.class,
            ProposeClient.Register.class,
            ProposeClient.AddKey.class,
            ProposeClient.RemoveKey.class,
            ProposeClient.Withdraw.class,
            ProposeOperator.Add.class,
            ProposeOperator.Remove.class
        })
final class ProposeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Console.of(spec)
                .out()
                .println(
                        "hutong registry propose takes what is to change, such as register-issuer; --help lists them.");
        return ExitCodes.USAGE;
    }
}
