package dev.hutong.hub.rules;

import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RulesVersion;
import java.util.Optional;

/**
 * A package that may judge, with the files it was compiled from.
 *
 * @param content the files
 * @param format what they mean
 */
public record RulesPackage(PackageContent content, FormatPackage format) {
    /**
     * Compiles a package.
     *
     * @throws InvalidPackageException where it cannot be used as written
     */
    public static RulesPackage of(PackageContent content, Regions regions) {
        return new RulesPackage(content, content.compile(regions));
    }

    /** Whose codes it is about. */
    public IssuerId issuer() {
        return new IssuerId(format.issuer().toString());
    }

    /** Its version, where it has the form in which versions are published. */
    Optional<RulesVersion> version() {
        return RulesVersion.parse(format.version());
    }
}
