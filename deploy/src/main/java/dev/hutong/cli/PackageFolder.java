package dev.hutong.cli;

import dev.hutong.mapping.Regions;
import dev.hutong.mapping.admission.AuthoredPackage;
import dev.hutong.mapping.format.InvalidPackageException;
import java.nio.file.Path;

/** A format package on this host, as a command line names it. */
record PackageFolder(Path folder) {
    static final Regions REGIONS = Regions.load();

    AuthoredPackage read() {
        try {
            return AuthoredPackage.read(folder, REGIONS);
        } catch (InvalidPackageException e) {
            throw unusable(e);
        }
    }

    CommandFailure unusable(InvalidPackageException e) {
        return new CommandFailure(
                ExitCodes.FAILED,
                Shown.line(String.valueOf(e.getMessage())) + " (hutong rules check " + folder + " says more.)");
    }
}
