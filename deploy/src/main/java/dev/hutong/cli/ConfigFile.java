package dev.hutong.cli;

import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfigReader;
import java.nio.file.Path;

/** A hub's configuration, given by a file. */
final class ConfigFile {
    private ConfigFile() {}

    /** The configuration in this file; all its mistakes at once where it has any. */
    static HubConfig read(Path file) {
        return switch (HubConfigReader.read(file)) {
            case HubConfigReader.Reading.Valid(HubConfig valid) -> valid;
            case HubConfigReader.Reading.Invalid(var mistakes) ->
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        file + " cannot be used:" + System.lineSeparator() + "  "
                                + String.join(System.lineSeparator() + "  ", mistakes));
        };
    }
}
