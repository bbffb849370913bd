package dev.hutong.cli;

import dev.hutong.registry.proposal.SignedDocument;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = "Hand in a proposal that was signed with registry sign.")
final class SubmitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The signed proposal.")
    private Path file = Path.of("");

    @Mixin
    private HubConnection hub = new HubConnection();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Console.of(spec).out();
        SignedDocument document = new DocumentFile(file).signed();
        RegistryHub registry = new RegistryHub(hub);
        var standing = registry.propose(document);
        out.println("Proposed " + document.id());
        out.println(registry.outlook(standing));
        return ExitCodes.OK;
    }
}
