package dev.hutong.hub.rules;

import dev.hutong.mapping.Regions;
import dev.hutong.mapping.admission.Admission;
import dev.hutong.mapping.admission.AdmissionReport;
import dev.hutong.mapping.admission.Finding;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.mapping.policy.Policies;
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

    /**
     * Compiles a package that somebody has brought, once it has passed admission, which takes seconds.
     *
     * @throws InvalidPackageException where it does not, with what is to be mended first
     */
    public static RulesPackage admitted(PackageContent content, Regions regions) {
        AdmissionReport report =
                new Admission(regions, Policies.bundled(regions)).check("the package", content.pathToFile());
        if (!report.isAdmitted()) {
            Finding first = report.findings().getFirst();
            throw new InvalidPackageException("it is not admitted, with " + report.errors() + " to mend; the first is "
                    + first.file() + ", line " + first.line() + ": " + first.message() + ". " + first.remedy()
                    + " «hutong rules check» tells all");
        }
        return of(content, regions);
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
