package dev.hutong.hub;

import dev.hutong.registry.KeyFile;
import dev.hutong.registry.LogEntry;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Genesis;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a hub, files in its data folder.
 *
 * @param hub signs decisions, snapshots and the ledger's blocks: P-256; no other hub's
 * @param log signs the registry log's checkpoints: Ed25519; hubs that share a registry share it
 * @param federation signs statements of OpenID Federation: P-256
 * @param token signs access tokens and nothing else: P-256; hubs behind one name share it, so that a token of one is good at the others
 */
record HubKeys(PrivateJwk hub, PrivateJwk log, PrivateJwk federation, PrivateJwk token) {
    private static final Logger LOG = LoggerFactory.getLogger(HubKeys.class);

    /**
     * The keys in this folder, which this process holds; made where they are missing.
     *
     * <p>The log key of a registry that was founded was fixed then, and no other takes its place.
     */
    static HubKeys of(RegistryFolder folder) {
        boolean isNew = Files.notExists(folder.hubKeyFile());
        PrivateJwk hub = key(KeyFile.loadOrMake(folder.hubKeyFile(), SignatureAlgorithm.ES256));
        if (isNew && Files.exists(folder.verifiedCheckpointFile())) {
            LOG.warn(
                    "The hub's key {} is new although a hub ran here before: put its {} back from the"
                            + " backup, or give the new key to everybody who verifies what this hub signs",
                    hub.publicJwk().kid(),
                    folder.hubKeyFile().getFileName());
        }
        return new HubKeys(
                hub,
                genesis(folder)
                        .map(founded -> foundingLogKey(folder, founded))
                        .orElseGet(() -> key(KeyFile.loadOrMake(folder.logKeyFile(), SignatureAlgorithm.EDDSA))),
                key(KeyFile.loadOrMake(folder.federationKeyFile(), SignatureAlgorithm.ES256)),
                key(KeyFile.loadOrMake(folder.tokenKeyFile(), SignatureAlgorithm.ES256)));
    }

    /** What verifies what the hub signs, the key of its decisions first; that of federation is told where federations look for it. */
    List<PublicJwk> published() {
        return List.of(hub.publicJwk(), token.publicJwk());
    }

    /** What the log's first entry says, which is read before the log is folded; empty for a registry that was not founded under dual control. */
    static Optional<Genesis> genesis(RegistryFolder folder) {
        return folder.log().read(0, 1).stream()
                .map(LogEntry::event)
                .flatMap(event -> event instanceof Founded founded ? Stream.of(founded.genesis()) : Stream.empty())
                .findFirst();
    }

    private static PrivateJwk foundingLogKey(RegistryFolder folder, Genesis founded) {
        String remedy = "Put the key " + founded.logKey().kid() + ", with which " + founded.origin()
                + " was founded, there from your backup; without it this log cannot go on.";
        return switch (KeyFile.load(folder.logKeyFile())) {
            case KeyFile.Reading.Key(PrivateJwk key) when key.publicJwk().equals(founded.logKey()) -> key;
            case KeyFile.Reading.Key(PrivateJwk other) ->
                throw new HubStartException(folder.logKeyFile() + " holds another log key ("
                        + other.publicJwk().kid() + "). " + remedy);
            case KeyFile.Reading.NoKey(String why) -> throw new HubStartException(why + " " + remedy);
        };
    }

    private static PrivateJwk key(KeyFile.Reading reading) {
        return switch (reading) {
            case KeyFile.Reading.Key(PrivateJwk key) -> key;
            case KeyFile.Reading.NoKey(String why) ->
                throw new HubStartException(why
                        + " Restore it from your backup, or move it away, and the hub makes a new one (what it signed before then"
                        + " verifies with the old one only).");
        };
    }
}
