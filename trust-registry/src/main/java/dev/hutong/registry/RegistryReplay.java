package dev.hutong.registry;

import dev.hutong.registry.jose.SignatureProviders;
import java.util.List;
import java.util.Optional;

/**
 * Folds a log that somebody else keeps, believing nothing: every entry's form, every signature, dual control, and whether each change may
 * follow those before it. For one thread.
 */
public final class RegistryReplay {
    private final SignatureProviders providers;
    private RegistrySnapshot snapshot = RegistryFold.empty();

    public RegistryReplay(SignatureProviders providers) {
        this.providers = providers;
    }

    /** Takes up the next entries. What is wrong with the first bad one, or empty where all are good; after a fault nothing of them counts. */
    public Optional<String> take(List<LogEntry> entries) {
        RegistryFold fold = RegistryFold.from(snapshot, providers);
        try {
            entries.parallelStream().map(DecodedEntry::of).toList().forEach(fold::take);
            fold.requireSignatures();
        } catch (CorruptRegistryException fault) {
            return Optional.of(String.valueOf(fault.getMessage()));
        }
        snapshot = fold.snapshot();
        return Optional.empty();
    }

    /** The registry as far as it was replayed. */
    public RegistrySnapshot snapshot() {
        return snapshot;
    }
}
