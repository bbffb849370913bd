package dev.hutong.hub;

import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.VerifiedCheckpoint;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the registry of a hub: believes of its log what was verified before, and has the rest verified. */
final class HubRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(HubRegistry.class);

    private HubRegistry() {}

    /** @throws HubStartException if the folder's keys, its note of what was verified and its log do not belong together */
    static Registry open(RegistryFolder folder, HubKeys keys, SignatureProviders providers, InstantSource clock) {
        return Registry.open(folder.log(), providers, clock, verified(folder, keys, providers));
    }

    private static Checkpoint verified(RegistryFolder folder, HubKeys keys, SignatureProviders providers) {
        return switch (VerifiedCheckpoint.read(
                folder.verifiedCheckpointFile(), keys.log().publicJwk(), providers)) {
            case VerifiedCheckpoint.Reading.Known(Checkpoint checkpoint) -> checkpoint;
            case VerifiedCheckpoint.Reading.Unknown(String why) -> {
                LOG.info("Every signature in the registry log is checked, since {}", why);
                yield MerkleTree.empty().checkpoint();
            }
            case VerifiedCheckpoint.Reading.Foreign(String why) ->
                throw new HubStartException(
                        why + ". Put the log key or the file back that belong to this registry; if the key"
                                + " was replaced on purpose, delete the file, and every signature is checked anew.");
        };
    }
}
