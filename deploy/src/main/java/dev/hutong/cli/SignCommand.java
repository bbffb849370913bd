package dev.hutong.cli;

import dev.hutong.registry.proposal.SignedDocument;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description =
                "Add a signature to a text that --prepare wrote, where the key is; carry the file on to the next one.")
final class SignCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The text, or the document that others have signed already.")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "The private key that signs, a JWK. It stays on this host. Without it, the text is only shown.")
    private @Nullable Path key;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Console.of(spec).out();
        DocumentFile document = new DocumentFile(file);
        Shown.members(document.text(), "  ", out);
        if (key != null) {
            SignedDocument signed = document.sign(Arguments.privateKey("--key", key));
            out.println("Signed " + signed.id());
            signed.signatures().forEach(signature -> out.println("Signed by key " + signature.kid()));
        }
        return ExitCodes.OK;
    }
}
