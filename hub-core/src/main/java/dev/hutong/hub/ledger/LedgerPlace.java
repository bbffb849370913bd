package dev.hutong.hub.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a hub's ledger is.
 *
 * @param hub the hub's name, which its blocks tell
 * @param folder the hub's data folder
 * @param store the blocks
 */
public record LedgerPlace(String hub, Path folder, BlockStore store) {
    /** The SQLite file in a data folder. */
    public static Path database(Path folder) {
        return folder.resolve("ledger.db");
    }

    /** The keys of the pseudonyms. */
    public Path keys() {
        return keys(folder);
    }

    /** The keys of the pseudonyms in a data folder. */
    public static Path keys(Path folder) {
        return folder.resolve("ledger-keys");
    }

    /** Blocks that wait for the store. */
    public Path journal() {
        return journal(folder);
    }

    /** Blocks that wait for the store in a data folder, whose hub may be running. */
    public static List<Block> waiting(Path folder) throws IOException {
        return Journal.peek(journal(folder));
    }

    /** Blocks that wait for the store, in a data folder. */
    public static Path journal(Path folder) {
        return folder.resolve("ledger.journal");
    }
}
