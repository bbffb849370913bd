package dev.hutong.mapping.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.Examples;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.format.InvalidPackageException;
import java.nio.file.Path;
import java.util.List;

/**
 * A package as its author has it: compiled, with the tree it was compiled from, and its examples.
 *
 * @param format compiled
 * @param document the tree of its {@value FormatVersions#DOCUMENT}
 * @param examples its examples
 */
public record AuthoredPackage(FormatPackage format, JsonNode document, Examples examples) {

    /**
     * Reads the package in {@code folder}.
     *
     * @throws InvalidPackageException where it cannot be used; the message names the file
     */
    public static AuthoredPackage read(Path folder, Regions regions) {
        JsonNode document = tree(folder.resolve(FormatVersions.DOCUMENT));
        JsonNode examples = tree(folder.resolve(Examples.FILE));
        try {
            return new AuthoredPackage(FormatPackage.of(document, regions), document, Examples.of(examples));
        } catch (InvalidPackageException e) {
            throw new InvalidPackageException(folder + ": " + e.getMessage());
        }
    }

    private static JsonNode tree(Path file) {
        try {
            return SourceFile.read(file).tree();
        } catch (SourceFile.Unreadable e) {
            throw new InvalidPackageException(file + ":" + e.line() + ": " + e.what());
        }
    }

    /** Every {@code map} example, and what comes of it. */
    public List<ExampleRun> run() {
        return ExampleRun.all(format, examples);
    }
}
