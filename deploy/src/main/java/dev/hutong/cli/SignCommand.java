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
            required = true,
            paramLabel = "FILE",
            description = "The private key that signs, a JWK. It stays on this host.")
    private Path key = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Console.of(spec).out();
        SignedDocument signed = new DocumentFile(file).sign(Arguments.privateKey("--key", key));
        out.println("Signed " + signed.id());
        Shown.members(signed.content(), "  ", out);
        signed.signatures().forEach(signature -> out.println("Signed by key " + signature.kid()));
        return ExitCodes.OK;
    }
}
