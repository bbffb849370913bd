package dev.hutong.hub.rules;

import dev.hutong.hub.rules.RulesFault.Kind;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.registry.RulesDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The packages at hand: those that travel with the hub, and those of a folder, which is looked at again and again. For one thread.
 *
 * <p>A package that changes is taken over once it is the same at two looks in a row, so that a file that is still being written never
 * judges. One that cannot be used leaves the one that was at its place before.
 */
public final class RulesShelf {
    private final Optional<Path> folder;
    private final Regions regions;
    private final List<RulesPackage> bundled;
    private final Map<Path, RulesPackage> pathToPackage = new HashMap<>();
    private final Map<Path, RulesDigest> pathToLastSeen = new HashMap<>();

    /** What is at hand, and what is not although somebody put it there. */
    record Stock(List<RulesPackage> packages, List<RulesFault> faults) {}

    /**
     * Takes everything as it now is.
     *
     * @param folder of packages, one subfolder for each; none where absent
     * @throws InvalidPackageException where one cannot be used
     */
    public RulesShelf(Optional<Path> folder, Regions regions) {
        this.folder = folder;
        this.regions = regions;
        this.bundled = PackageContent.bundled().stream()
                .map(content -> RulesPackage.of(content, regions))
                .toList();
        folder.ifPresent(this::takeAll);
    }

    private void takeAll(Path from) {
        try {
            for (Path path : PackageContent.packagesIn(from)) {
                pathToPackage.put(path, admitted(path, PackageContent.read(path)));
            }
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(from, e);
        }
    }

    /** What is at hand as it was last taken. */
    Stock stock() {
        return new Stock(packages(), List.of());
    }

    /** Looks into the folder again. */
    Stock look() {
        List<RulesFault> faults = new ArrayList<>();
        folder.ifPresent(from -> look(from, faults));
        return new Stock(packages(), List.copyOf(faults));
    }

    private void look(Path from, List<RulesFault> faults) {
        try {
            List<Path> paths = PackageContent.packagesIn(from);
            pathToPackage.keySet().retainAll(paths);
            pathToLastSeen.keySet().retainAll(paths);
            for (Path path : paths) {
                lookAt(path, faults);
            }
        } catch (IOException | UncheckedIOException e) {
            faults.add(new RulesFault(
                    Kind.UNUSABLE,
                    from.toString(),
                    String.valueOf(unreadable(from, e).getMessage())));
        }
    }

    private void lookAt(Path path, List<RulesFault> faults) {
        try {
            PackageContent content = PackageContent.read(path);
            RulesPackage present = pathToPackage.get(path);
            boolean isNew = present == null || !present.content().digest().equals(content.digest());
            if (isNew && content.digest().equals(pathToLastSeen.put(path, content.digest()))) {
                pathToPackage.put(path, admitted(path, content));
            }
        } catch (InvalidPackageException e) {
            faults.add(new RulesFault(Kind.UNUSABLE, path.toString(), String.valueOf(e.getMessage())));
        } catch (IOException | UncheckedIOException e) {
            faults.add(new RulesFault(Kind.UNUSABLE, path.toString(), "It cannot be read (" + e + ")"));
        }
    }

    /** Everything that a package must pass before it may judge is asked here, once for each content. */
    private RulesPackage admitted(Path path, PackageContent content) {
        try {
            return RulesPackage.admitted(content, regions);
        } catch (InvalidPackageException e) {
            throw new InvalidPackageException(path + ": " + e.getMessage(), e);
        } catch (RuntimeException e) { // a bug in reading one package is not to keep the others out
            throw new InvalidPackageException(path + ": it cannot be compiled (" + e + ")", e);
        }
    }

    private List<RulesPackage> packages() {
        List<RulesPackage> all = new ArrayList<>(bundled);
        pathToPackage.keySet().stream().sorted().map(pathToPackage::get).forEach(all::add);
        return List.copyOf(all);
    }

    private static InvalidPackageException unreadable(Path folder, Exception e) {
        return new InvalidPackageException(
                "the format packages in " + folder + " cannot be read: name a folder that exists and may be read", e);
    }
}
