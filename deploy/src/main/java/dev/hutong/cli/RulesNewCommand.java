package dev.hutong.cli;

import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.admission.PackageSkeleton;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description =
                "Begin a format package: a made-up code of three colours, whole and admitted, to be changed into the real one.",
        footer = "Exit code: 0, or 1 where it could not be written.")
final class RulesNewCommand implements Callable<Integer> {
    /** From a folder of packages beside those that travel with the hub. */
    private static final String SCHEMAS = "../../schema";

    @Parameters(paramLabel = "ID", description = "The format's id: lower-case letters, digits and hyphens.")
    private String id = "";

    @Option(
            names = "--region",
            required = true,
            paramLabel = "CODE",
            description = "Whose it is: six digits of GB/T 2260.")
    private String region = "";

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            completionCandidates = Kinds.class,
            description = "How codes are opened: ${COMPLETION-CANDIDATES}.")
    private String kind = "";

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The folder of packages it is written into (default: the present one).")
    private Path to = Path.of("");

    @Option(
            names = "--schemas",
            paramLabel = "PATH",
            defaultValue = SCHEMAS,
            description = "Where an editor finds mapping-rules/schema from there (default: ${DEFAULT-VALUE}).")
    private String schemas = SCHEMAS;

    @Spec
    private @Nullable CommandSpec spec;

    /** What a package can be begun as. */
    static final class Kinds extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Kinds() {
            super(List.of(PackageSkeleton.Kind.values()).stream()
                    .map(PackageSkeleton.Kind::toString)
                    .toList());
        }
    }

    @Override
    public Integer call() {
        PackageSkeleton skeleton = new PackageSkeleton(format(), region(), kind(), schemas);
        Path folder = write(skeleton);
        Console.of(spec)
                .out()
                .printf(
                        "%s is there. Change format.yaml into your format, and examples.yaml with it; then%n  hutong rules test %s%n  hutong rules check %s%n",
                        folder, folder, folder);
        return ExitCodes.OK;
    }

    private Path write(PackageSkeleton skeleton) {
        try {
            return skeleton.writeTo(to);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED, e.getMessage() + " exists: give another ID, or another folder with --to.");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED, to + " cannot be written into (" + e + "): give another folder with --to.");
        }
    }

    private FormatId format() {
        try {
            return new FormatId(id);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private RegionCode region() {
        Regions regions = PackageFolder.REGIONS;
        return regions.find(region)
                .orElseThrow(() -> new CommandFailure(
                        ExitCodes.USAGE, "--region: «" + Shown.line(region) + "» is not in GB/T 2260."));
    }

    private PackageSkeleton.Kind kind() {
        return List.of(PackageSkeleton.Kind.values()).stream()
                .filter(one -> one.toString().equals(kind))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCodes.USAGE, "--kind: one of " + new Kinds() + ", not «" + Shown.line(kind) + "»."));
    }
}
