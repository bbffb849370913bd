package dev.hutong.hub.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteBlockStoreIT extends BlockStoreContract {
    @TempDir
    private Path folder;

    @Override
    BlockStore open() {
        return JdbcBlockStore.openSqlite(folder.resolve("ledger.db"));
    }
}
