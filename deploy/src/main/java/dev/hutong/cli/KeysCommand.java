package dev.hutong.cli;

import dev.hutong.registry.OwnerOnly;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Make keys.",
        subcommands = KeysCommand.Generate.class)
final class KeysCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Console.of(spec).out().println("hutong keys generate makes a key; --help says how.");
        return ExitCodes.USAGE;
    }

    @Command(
            name = "generate",
            mixinStandardHelpOptions = true,
            description = "Make a key pair: the private JWK in FILE (mode 600), the public one in FILE.pub.json.")
    static final class Generate implements Callable<Integer> {
        @Option(names = "--alg", required = true, paramLabel = "ES256|EdDSA|SM2", description = "What it signs.")
        private String algorithm = "";

        @Option(
                names = "--out",
                required = true,
                paramLabel = "FILE",
                description = "Where the private key goes; never overwritten.")
        private Path out = Path.of("");

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            SignatureAlgorithm chosen = SignatureAlgorithm.of(algorithm)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCodes.USAGE,
                            "--alg: «" + algorithm + "» is none of "
                                    + Arrays.stream(SignatureAlgorithm.values())
                                            .map(SignatureAlgorithm::jose)
                                            .collect(Collectors.joining(", "))));
            Path publicFile = Path.of(out + ".pub.json");
            if (Files.exists(publicFile)) {
                throw exists(publicFile);
            }
            PrivateJwk key = PrivateJwk.generate(chosen, new SecureRandom());
            write(out, key.toJson().toPrettyString(), OwnerOnly.file(out));
            write(publicFile, key.publicJwk().toJson().toPrettyString());
            Console.of(spec).out().println(key.publicJwk().kid());
            return ExitCodes.OK;
        }

        private static void write(Path file, String text, FileAttribute<?>... attributes) throws IOException {
            try {
                Files.createFile(file, attributes);
                Files.writeString(file, text + System.lineSeparator());
            } catch (FileAlreadyExistsException e) {
                throw exists(file);
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        file + " cannot be written (" + e + "): give a file in a folder that exists.");
            }
        }

        private static CommandFailure exists(Path file) {
            return new CommandFailure(
                    ExitCodes.FAILED, file + " exists, and a key is never overwritten: give another --out.");
        }
    }
}
