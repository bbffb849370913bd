package dev.hutong.mapping.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The format packages a hub understands, in the order of their ids: those that travel with it, and those of a folder of the operator's own. */
public record FormatPackages(List<FormatPackage> packages) {
    /** The file that makes a folder a format package. */
    public static final String DOCUMENT = "format.yaml";

    public FormatPackages {
        packages = packages.stream()
                .sorted(Comparator.comparing(format -> format.id().value()))
                .toList();
        Map<FormatId, FormatPackage> seen = new LinkedHashMap<>();
        for (FormatPackage format : packages) {
            if (seen.put(format.id(), format) != null) {
                throw new InvalidPackageException(
                        "format «" + format.id() + "» comes twice: remove one of its packages");
            }
        }
    }

    /** The packages that travel with this module. */
    public static FormatPackages bundled(Regions regions) {
        return Yaml.withBundled("/formats", folder -> load(folder, regions));
    }

    /** These packages and {@code more}. */
    public FormatPackages and(FormatPackages more) {
        List<FormatPackage> both = new ArrayList<>(packages);
        both.addAll(more.packages);
        return new FormatPackages(both);
    }

    /**
     * Loads every package below {@code folder}: each subfolder with a {@value #DOCUMENT}.
     *
     * @throws InvalidPackageException where one cannot be used; the message names the file, or the folder where that cannot be read
     */
    public static FormatPackages load(Path folder, Regions regions) {
        try (Stream<Path> entries = Files.list(folder)) {
            return new FormatPackages(entries.map(entry -> entry.resolve(DOCUMENT))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> read(file, regions))
                    .toList());
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidPackageException(
                    "the format packages in " + folder + " cannot be read: name a folder that exists and may be read",
                    e);
        }
    }

    private static FormatPackage read(Path file, Regions regions) {
        try {
            return new FormatPackage(Yaml.read(file, FormatDocument.class), regions);
        } catch (JsonProcessingException e) {
            throw new InvalidPackageException(file + ": " + e.getOriginalMessage() + at(e), e);
        } catch (InvalidPackageException | IllegalArgumentException e) {
            throw new InvalidPackageException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidPackageException(file + ": cannot be read", e);
        }
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }
}
