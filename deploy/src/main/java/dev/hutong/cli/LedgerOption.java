package dev.hutong.cli;

import dev.hutong.hub.LedgerStores;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.ledger.BlockStore;
import dev.hutong.hub.ledger.LedgerPlace;
import dev.hutong.hub.ledger.LedgerStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ledger is read, also while its hub runs: a mixin. */
final class LedgerOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The hub's configuration, where its ledger is in a database or its folder is told there.")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "The hub's data folder (default: ./data).")
    private @Nullable Path data;

    HubConfig hub() {
        HubConfig effective = config == null ? HubConfig.defaults() : ConfigFile.read(config);
        return data == null ? effective : effective.withData(data);
    }

    /** Opens the ledger for this use of it. */
    <T> T read(Function<BlockStore, T> use) {
        HubConfig hub = hub();
        Path file = LedgerPlace.database(hub.data());
        if (hub.registry().store().isEmpty() && Files.notExists(file)) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "There is no ledger " + file + ": give the hub's data folder with --data, or its configuration.");
        }
        try (BlockStore store = LedgerStores.open(hub)) {
            return use.apply(store);
        } catch (LedgerStoreException e) {
            throw new CommandFailure(ExitCodes.FAILED, Shown.sentence(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.FAILED, "registry.store.passwordFile cannot be read: " + e);
        }
    }
}
