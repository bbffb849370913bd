package dev.hutong.hub.rules;

import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Yaml;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.registry.RulesDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A format package as it was written: its files, octet by octet, and the digest that names exactly these. What is compiled is what was
 * digested, whatever happens to the folder meanwhile.
 */
public final class PackageContent {
    /** More files than this are no format package. */
    static final int MOST_FILES = 64;

    /** More octets than this, in all files together, are no format package. */
    static final int MOST_OCTETS = 1 << 20;

    /** So that every system sorts and writes the paths alike. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private final SortedMap<String, byte[]> pathToFile;
    private final RulesDigest digest;

    /**
     * A package of these files.
     *
     * @param pathToFile paths in the package's folder, with {@code /}
     * @throws InvalidPackageException where they cannot be a format package
     */
    public PackageContent(SortedMap<String, byte[]> pathToFile) {
        this.pathToFile = Collections.unmodifiableSortedMap(new TreeMap<>(pathToFile));
        requireFit();
        this.digest = RulesDigest.of(sha256(manifest().getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Reads a package's folder: every file in it and below it, but for hidden ones, whose names begin with a point.
     *
     * @throws InvalidPackageException where it is no format package
     * @throws IOException where it cannot be read
     */
    public static PackageContent read(Path folder) throws IOException {
        SortedMap<String, byte[]> pathToFile = new TreeMap<>();
        long octets = 0;
        for (Path file : filesIn(folder)) {
            octets += Files.size(file);
            if (pathToFile.size() == MOST_FILES || octets > MOST_OCTETS) {
                throw new InvalidPackageException(folder + ": more than " + MOST_FILES + " files, or " + MOST_OCTETS
                        + " octets in them, are no format package");
            }
            pathToFile.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
        try {
            return new PackageContent(pathToFile);
        } catch (InvalidPackageException e) {
            throw new InvalidPackageException(folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads every package below a folder: each subfolder with a {@value FormatVersions#DOCUMENT}, in the order of their names.
     *
     * @throws IOException where the folder itself cannot be read
     */
    public static List<Path> packagesIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(FormatVersions.DOCUMENT)))
                    .sorted()
                    .toList();
        }
    }

    /** The packages that travel with the hub. */
    public static List<PackageContent> bundled() {
        return Yaml.withBundled("/formats", folder -> {
            try {
                return packagesIn(folder).stream().map(PackageContent::bundled).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static PackageContent bundled(Path folder) {
        try {
            return read(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(folder.relativize(file)))
                    .limit(MOST_FILES + 1L)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isHidden(Path path) {
        for (Path name : path) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** Its files by their paths. */
    public SortedMap<String, byte[]> pathToFile() {
        return pathToFile;
    }

    /**
     * What the digest is of: a line for each file, in the order of their paths, with the SHA-256 in lower-case hexadecimal digits, the length
     * in octets and the path, one space between them, each line ended by a line feed. ASCII.
     */
    public String manifest() {
        return pathToFile.entrySet().stream()
                .map(file -> HexFormat.of().formatHex(sha256(file.getValue())) + " " + file.getValue().length + " "
                        + file.getKey() + "\n")
                .collect(Collectors.joining());
    }

    /** The SHA-256 of the {@link #manifest}. */
    public RulesDigest digest() {
        return digest;
    }

    /**
     * What these files mean.
     *
     * @throws InvalidPackageException where they cannot be used as written
     */
    public FormatPackage compile(Regions regions) {
        byte[] document = pathToFile.get(FormatVersions.DOCUMENT);
        if (document == null) {
            throw new InvalidPackageException(FormatVersions.DOCUMENT + " is missing");
        }
        return FormatVersions.compile(FormatVersions.DOCUMENT, document, regions);
    }

    private void requireFit() {
        for (String path : pathToFile.keySet()) {
            if (!PATH.matcher(path).matches()) {
                throw new InvalidPackageException(
                        "«" + path
                                + "» is no name of a package's file: letters, digits, points, hyphens and underscores, no point first");
            }
        }
        long octets =
                pathToFile.values().stream().mapToLong(file -> file.length).sum();
        if (pathToFile.size() > MOST_FILES || octets > MOST_OCTETS) {
            throw new InvalidPackageException(
                    "more than " + MOST_FILES + " files, or " + MOST_OCTETS + " octets in them, are no format package");
        }
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
