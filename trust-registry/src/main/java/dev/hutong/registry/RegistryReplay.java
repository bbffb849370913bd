package dev.hutong.registry;

import dev.hutong.registry.RegisteredProposal.Stage;
import dev.hutong.registry.RegistryEvent.Approved;
import dev.hutong.registry.jose.SignatureProviders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folds a log that somebody else keeps, believing nothing: every entry's form, every signature, dual control, and whether each change may
 * follow those before it. For one thread.
 */
public final class RegistryReplay {
    private final SignatureProviders providers;
    private RegistrySnapshot snapshot = RegistryFold.empty();
    private List<Enactment> enacted = List.of();

    public RegistryReplay(SignatureProviders providers) {
        this.providers = providers;
    }

    /** Takes up the next entries. What is wrong with the first bad one, or empty where all are good; after a fault nothing of them counts. */
    public Optional<String> take(List<LogEntry> entries) {
        RegistryFold fold = RegistryFold.from(snapshot, providers);
        List<Enactment> decided = new ArrayList<>();
        try {
            for (DecodedEntry entry :
                    entries.parallelStream().map(DecodedEntry::of).toList()) {
                // Whose approvals count is said by who was an operator before: a removal can be approved by whom it
                // removes.
                Optional<Governance> before = fold.governance();
                fold.take(entry);
                if (entry.event() instanceof Approved approved && before.isPresent()) {
                    enactment(fold, approved, before.get()).ifPresent(decided::add);
                }
            }
            fold.requireSignatures();
        } catch (CorruptRegistryException fault) {
            enacted = List.of();
            return Optional.of(String.valueOf(fault.getMessage()));
        }
        snapshot = fold.snapshot();
        enacted = List.copyOf(decided);
        return Optional.empty();
    }

    private static Optional<Enactment> enactment(RegistryFold fold, Approved approved, Governance before) {
        return fold.proposal(approved.approval().proposal())
                .filter(proposal -> proposal.stage() == Stage.IN_FORCE)
                .map(proposal -> new Enactment(proposal, before.counting(proposal.approvals())));
    }

    /** The registry as far as it was replayed. */
    public RegistrySnapshot snapshot() {
        return snapshot;
    }

    /** What was decided with the entries last taken up, in their order. */
    public List<Enactment> enacted() {
        return enacted;
    }
}
