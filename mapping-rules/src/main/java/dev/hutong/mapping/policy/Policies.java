package dev.hutong.mapping.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Yaml;
import dev.hutong.mapping.format.InvalidPackageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which policy judges for which destination. A region without one of its own, and a request that names none, use {@code default}. */
public final class Policies {
    /** The policy of every region that has none of its own. */
    static final String DEFAULT = "default";

    /** Behind a policy's name, where the file holds examples and no policy. */
    static final String EXAMPLES = ".examples.yaml";

    static final String ENDING = ".yaml";

    private final Regions regions;
    private final SortedMap<String, byte[]> nameToFile;
    private final SortedMap<String, Policy> nameToPolicy = new TreeMap<>();
    private final Map<String, Policy> destinationToPolicy = new HashMap<>();
    private final Policy defaultPolicy;

    /** @param nameToFile each policy's file by its file name */
    private Policies(Regions regions, SortedMap<String, byte[]> nameToFile) {
        this.regions = regions;
        this.nameToFile = nameToFile;
        nameToFile.forEach((name, file) -> {
            Policy policy = read(name, file, regions);
            nameToPolicy.put(policy.name(), policy);
        });
        nameToPolicy.values().forEach(this::requireAloneAtItsDestinations);
        Policy general = nameToPolicy.get(DEFAULT);
        if (general == null || !general.destinations().isEmpty()) {
            throw new InvalidPackageException("policy: there is one «" + DEFAULT + "», without destinations");
        }
        this.defaultPolicy = general;
    }

    /** The policies that travel with this module. */
    public static Policies bundled(Regions regions) {
        return Yaml.withBundled("/policies", folder -> of(filesIn(folder), regions));
    }

    /**
     * The policies of such files.
     *
     * @param nameToFile the content of each file by its file name, {@code default.yaml} among them; files of examples are passed over
     * @throws InvalidPackageException where one cannot be used; the message names it
     */
    public static Policies of(Map<String, byte[]> nameToFile, Regions regions) {
        SortedMap<String, byte[]> files = new TreeMap<>(nameToFile);
        files.keySet().removeIf(name -> !isPolicy(name));
        return new Policies(regions, files);
    }

    /**
     * These, and all in {@code folder}: each file {@code NAME.yaml} is a policy. One of a name that is here already takes the other's place.
     *
     * @throws InvalidPackageException where one cannot be used, is no later version of the one it replaces, or would judge for the
     *     destination of another; the message names the file, or the folder where that cannot be read
     */
    public Policies and(Path folder) {
        SortedMap<String, byte[]> theirs = filesIn(folder);
        SortedMap<String, byte[]> all = new TreeMap<>(nameToFile);
        all.putAll(theirs);
        Policies together = new Policies(regions, all);
        for (Policy before : nameToPolicy.values()) {
            String file = before.name() + ENDING;
            if (theirs.containsKey(file) && !together.policy(before.name()).isLaterThan(before)) {
                throw new InvalidPackageException(
                        folder.resolve(file) + ": version: later than " + before.versioned() + ", which it replaces");
            }
        }
        return together;
    }

    private Policy policy(String name) {
        return Objects.requireNonNull(nameToPolicy.get(name));
    }

    /** The content of the file of each policy by its file name, for whoever hands them on. */
    public Map<String, byte[]> files() {
        Map<String, byte[]> copies = new TreeMap<>();
        nameToFile.forEach((name, file) -> copies.put(name, file.clone()));
        return copies;
    }

    /** All of them, in the order of their names. */
    public List<Policy> all() {
        return List.copyOf(nameToPolicy.values());
    }

    /** The policy that a decision names, {@code policy@version}. */
    public Optional<Policy> named(String versioned) {
        return nameToPolicy.values().stream()
                .filter(policy -> policy.versioned().equals(versioned))
                .findFirst();
    }

    /**
     * The policy of a destination; empty where the destination is not a region of GB/T 2260.
     *
     * @param destination six digits, or null where the request named none
     */
    public Optional<Policy> find(@Nullable String destination) {
        if (destination == null) {
            return Optional.of(defaultPolicy);
        }
        return regions.find(destination).map(region -> destinationToPolicy.getOrDefault(region.value(), defaultPolicy));
    }

    /** The policy of every region that has none of its own. */
    public Policy defaultPolicy() {
        return defaultPolicy;
    }

    private void requireAloneAtItsDestinations(Policy policy) {
        policy.destinations().forEach(region -> {
            Policy other = destinationToPolicy.put(region.value(), policy);
            if (other != null) {
                throw new InvalidPackageException(
                        "destinations: " + other.name() + " and " + policy.name() + " would both judge for " + region);
            }
        });
    }

    private static boolean isPolicy(String fileName) {
        return fileName.endsWith(ENDING) && !fileName.endsWith(EXAMPLES);
    }

    private static SortedMap<String, byte[]> filesIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            SortedMap<String, byte[]> files = new TreeMap<>();
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = entry.getFileName().toString();
                if (isPolicy(name)) {
                    files.put(name, Files.readAllBytes(entry));
                }
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidPackageException(
                    "the policies in " + folder + " cannot be read: name a folder that exists and may be read", e);
        }
    }

    private static Policy read(String fileName, byte[] file, Regions regions) {
        try {
            Policy policy = new Policy(Yaml.read(file, PolicyDocument.class), regions);
            if (!fileName.equals(policy.name() + ENDING)) {
                throw new InvalidPackageException(
                        "policy: the file of «" + policy.name() + "» is " + policy.name() + ENDING);
            }
            return policy;
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw new InvalidPackageException(fileName + ": " + e.getOriginalMessage() + line, e);
        } catch (InvalidPackageException | IllegalArgumentException e) {
            throw new InvalidPackageException(fileName + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidPackageException(fileName + ": is not UTF-8", e);
        }
    }
}
