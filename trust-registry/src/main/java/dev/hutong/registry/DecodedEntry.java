package dev.hutong.registry;

import dev.hutong.registry.merkle.TreeHash;

/** An entry of the log, read and hashed: all of the work on it that needs no other entry. */
record DecodedEntry(long index, RegistryEvent event, TreeHash hash) {
    /** @throws CorruptRegistryException if the leaf is no event in its canonical form */
    static DecodedEntry of(LogEntry entry) {
        return new DecodedEntry(entry.index(), entry.event(), entry.hash());
    }
}
