package dev.hutong.cli;

import dev.hutong.hub.RegistryStore;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.RegistryStorageException;
import dev.hutong.registry.jose.SignatureProviders;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.BiFunction;

/** A hub's data folder in the hands of a command, which no hub holds meanwhile. */
final class DataFolder {
    private DataFolder() {}

    /** Opens the folder, made where it is missing, for this use of it and its registry; gives the exit code. */
    static int hold(Path data, BiFunction<RegistryFolder, Registry, Integer> use) {
        return hold(HubConfig.defaults().withData(data), use);
    }

    /** The same for the folder that this configuration names, and the registry in the store that it names. */
    static int hold(HubConfig config, BiFunction<RegistryFolder, Registry, Integer> use) {
        return switch (RegistryStore.tryOpen(config)) {
            case RegistryFolder.Opened(RegistryFolder folder) -> {
                try (folder;
                        Registry registry =
                                Registry.open(folder.log(), SignatureProviders.choose(), InstantSource.system())) {
                    yield use.apply(folder, registry);
                } catch (RegistryStorageException e) {
                    throw new CommandFailure(
                            ExitCodes.FAILED,
                            Shown.sentence(String.valueOf(e.getMessage())) + " Restore " + config.data()
                                    + " from your backup, or give another --data.");
                }
            }
            case RegistryFolder.HeldByAnother(String why, String remedy) ->
                throw new CommandFailure(ExitCodes.FAILED, Shown.sentence(why) + " " + remedy);
            case RegistryFolder.NotUsable(String why, String remedy) ->
                throw new CommandFailure(ExitCodes.FAILED, Shown.sentence(why) + " " + remedy);
        };
    }
}
