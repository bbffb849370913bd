package dev.hutong.hub;

import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.ledger.BlockStore;
import dev.hutong.hub.ledger.JdbcBlockStore;
import dev.hutong.hub.ledger.LedgerPlace;
import dev.hutong.registry.PostgresStore;
import java.io.IOException;
import java.util.Optional;

/** Opens the store of the ledger that a configuration names: the registry's database, or a file of its own in the data folder. */
public final class LedgerStores {
    private LedgerStores() {}

    /**
     * Opens it, made where it is missing.
     *
     * @throws dev.hutong.hub.ledger.LedgerStoreException where it cannot be used
     * @throws IOException where the file with the database's password cannot be read
     */
    public static BlockStore open(HubConfig config) throws IOException {
        Optional<PostgresStore> database = RegistryStore.database(config);
        return database.isPresent()
                ? JdbcBlockStore.openPostgres(database.get())
                : JdbcBlockStore.openSqlite(LedgerPlace.database(config.data()));
    }
}
