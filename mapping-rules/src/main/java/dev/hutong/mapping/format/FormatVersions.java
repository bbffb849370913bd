package dev.hutong.mapping.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All format packages that a hub knows, in every version: those that travel with it, those of a folder, and those that the registry brought.
 * Which of them judge is a question of the time. In the order of their ids, and versions.
 */
public record FormatVersions(List<FormatPackage> packages) {
    /** The file that makes a folder a format package. */
    public static final String DOCUMENT = "format.yaml";

    /** Of two versions in force, the one that came into force later judges; at the same instant, the higher version. */
    private static final Comparator<FormatPackage> LATER = Comparator.comparing(
                    (FormatPackage format) -> format.inForce().from())
            .thenComparing(FormatPackage::versionNumber);

    public FormatVersions {
        packages = packages.stream()
                .sorted(Comparator.comparing(
                                (FormatPackage format) -> format.id().value())
                        .thenComparing(FormatPackage::versionNumber))
                .toList();
        Set<String> seen = new HashSet<>();
        for (FormatPackage format : packages) {
            if (!seen.add(format.versioned())) {
                throw new InvalidPackageException("«" + format.versioned()
                        + "» comes twice: remove one of the packages, or give it another version");
            }
        }
    }

    /** The packages that judge at this instant. */
    public FormatPackages inForce(Instant now) {
        Map<FormatId, FormatPackage> judging = packages.stream()
                .filter(format -> format.inForce().covers(now))
                .collect(Collectors.toMap(FormatPackage::id, format -> format, BinaryOperator.maxBy(LATER)));
        return new FormatPackages(List.copyOf(judging.values()));
    }

    /** The next instant at which other packages may judge; empty where none is known. */
    public Optional<Instant> nextChange(Instant now) {
        return packages.stream()
                .flatMap(format -> Stream.concat(Stream.of(format.inForce().from()), format.inForce().to().stream()))
                .filter(now::isBefore)
                .min(Comparator.naturalOrder());
    }

    /** The version of a format that comes into force next after an instant; empty where none is known. */
    public Optional<FormatPackage> next(FormatId format, Instant now) {
        return packages.stream()
                .filter(one -> one.id().equals(format) && one.inForce().from().isAfter(now))
                .min(Comparator.comparing((FormatPackage one) -> one.inForce().from())
                        .thenComparing(FormatPackage::versionNumber, Comparator.reverseOrder()));
    }

    /** The package of this name, {@code format@version}. */
    public Optional<FormatPackage> find(String versioned) {
        return packages.stream()
                .filter(format -> format.versioned().equals(versioned))
                .findFirst();
    }

    /** The packages that travel with this module. */
    public static FormatVersions bundled(Regions regions) {
        return Yaml.withBundled("/formats", folder -> load(folder, regions));
    }

    /** These packages and {@code more}. */
    public FormatVersions and(FormatVersions more) {
        return new FormatVersions(
                Stream.concat(packages.stream(), more.packages.stream()).toList());
    }

    /**
     * Loads every package below {@code folder}: each subfolder with a {@value #DOCUMENT}.
     *
     * @throws InvalidPackageException where one cannot be used; the message names the file, or the folder where that cannot be read
     */
    public static FormatVersions load(Path folder, Regions regions) {
        try (Stream<Path> entries = Files.list(folder)) {
            return new FormatVersions(entries.map(entry -> entry.resolve(DOCUMENT))
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
            return compile(file.toString(), Files.readAllBytes(file), regions);
        } catch (IOException e) {
            throw new InvalidPackageException(file + ": cannot be read", e);
        }
    }

    /**
     * Compiles one package.
     *
     * @param file what its document is called where something is wrong with it
     * @param document the content of its {@value #DOCUMENT}
     * @throws InvalidPackageException where it cannot be used
     */
    public static FormatPackage compile(String file, byte[] document, Regions regions) {
        try {
            return new FormatPackage(Yaml.read(document, FormatDocument.class), regions);
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
