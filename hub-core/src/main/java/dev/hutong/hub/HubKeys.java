package dev.hutong.hub;

import dev.hutong.registry.KeyFile;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;

/**
 * The keys of a hub, files in its data folder.
 *
 * @param hub signs decisions and snapshots: P-256
 * @param log signs the registry log's checkpoints: Ed25519; hubs that share a registry share it
 */
record HubKeys(PrivateJwk hub, PrivateJwk log) {
    /** The keys in this folder, which this process holds; made where they are missing. */
    static HubKeys of(RegistryFolder folder) {
        return new HubKeys(
                key(KeyFile.loadOrMake(folder.hubKeyFile(), SignatureAlgorithm.ES256)),
                key(KeyFile.loadOrMake(folder.logKeyFile(), SignatureAlgorithm.EDDSA)));
    }

    private static PrivateJwk key(KeyFile.Reading reading) {
        return switch (reading) {
            case KeyFile.Reading.Key(PrivateJwk key) -> key;
            case KeyFile.Reading.NoKey(String why) ->
                throw new HubStartException(why
                        + ". Restore it from your backup, or move it away, and the hub makes a new one (what it signed before then"
                        + " verifies with the old one only).");
        };
    }
}
