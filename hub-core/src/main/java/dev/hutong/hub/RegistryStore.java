package dev.hutong.hub;

import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.StoreConfig;
import dev.hutong.registry.PostgresStore;
import dev.hutong.registry.RegistryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens a hub's data folder and the registry log that its configuration names. */
public final class RegistryStore {
    private RegistryStore() {}

    /** Never waits for another process that holds the folder. */
    public static RegistryFolder.Opening tryOpen(HubConfig config) {
        Optional<StoreConfig> store = config.registry().store();
        if (store.isEmpty()) {
            return RegistryFolder.tryOpen(config.data());
        }
        try {
            return RegistryFolder.tryOpen(config.data(), withPassword(store.get()));
        } catch (IOException e) {
            return new RegistryFolder.NotUsable(
                    "registry.store.passwordFile cannot be read: " + e, "Give a file that this user may read.");
        }
    }

    /** The database that a configuration names; empty where all is in files. */
    static Optional<PostgresStore> database(HubConfig config) throws IOException {
        Optional<StoreConfig> store = config.registry().store();
        return store.isEmpty() ? Optional.empty() : Optional.of(withPassword(store.get()));
    }

    private static PostgresStore withPassword(StoreConfig store) throws IOException {
        Optional<Path> file = store.passwordFile();
        return file.isEmpty()
                ? store.database()
                : store.database().withPassword(Files.readString(file.get()).strip());
    }
}
