package dev.hutong.registry;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.RegistryEvent.Approved;
import dev.hutong.registry.RegistryEvent.Proposed;
import dev.hutong.registry.proposal.Nonce;
import dev.hutong.registry.proposal.NonceIssuer;
import dev.hutong.registry.proposal.SignedDocument;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Where proposals and approvals are handed in. Safe for any number of threads; {@link #propose} and {@link #approve} read and write the
 * store and belong on a thread that may block.
 */
public final class ProposalDesk {
    private final Registry registry;
    private final NonceIssuer nonces;
    private final InstantSource clock;

    /** @param nonces of the hub that takes the proposals, or of another one of the same registry */
    public ProposalDesk(Registry registry, NonceIssuer nonces, InstantSource clock) {
        this.registry = registry;
        this.nonces = nonces;
        this.clock = clock;
    }

    /** What became of a document that was handed in. */
    public sealed interface Receipt {
        /** It is in the log, now or since it was first handed in; this is the proposal as it stands. */
        record Taken(RegisteredProposal proposal) implements Receipt {}

        /** It was not taken up, and nothing was changed. */
        record Refused(EventRefusal why) implements Receipt {}
    }

    /** A nonce for one proposal, good for {@link Nonce#LIFETIME}. */
    public Nonce nonce() {
        return nonces.issue(clock.instant());
    }

    /**
     * Takes a signed proposal up. The same one again is answered with what became of it.
     *
     * @param utf8 a {@link SignedDocument} of a {@link dev.hutong.registry.proposal.Proposal}
     * @throws RegistryStorageException if the store fails
     */
    public Receipt propose(byte[] utf8) {
        try {
            Proposed event = Proposed.of(now(), SignedDocument.of(utf8));
            String id = event.document().id();
            Optional<RegisteredProposal> known = registry.snapshot().proposal(id);
            if (known.isPresent()) {
                return new Receipt.Taken(known.get());
            }
            if (!nonces.issued(event.proposal().nonce())) {
                return refused(Ground.NONCE_NOT_FRESH, "The nonce is not this hub's: fetch one and sign again");
            }
            Receipt receipt = receipt(event, id);
            // Another thread or another hub may have taken the same document up since the snapshot was looked at.
            return registry.snapshot()
                    .proposal(id)
                    .<Receipt>map(Receipt.Taken::new)
                    .orElse(receipt);
        } catch (IllegalArgumentException malformed) {
            return refused(Ground.MALFORMED_DOCUMENT, String.valueOf(malformed.getMessage()));
        }
    }

    /**
     * Takes an operator's approval up.
     *
     * @param proposal the id under which it was handed in, which the approval must name too
     * @param utf8 a {@link SignedDocument} of an {@link dev.hutong.registry.proposal.Approval}
     * @throws RegistryStorageException if the store fails
     */
    public Receipt approve(String proposal, byte[] utf8) {
        try {
            Approved event = Approved.of(now(), SignedDocument.of(utf8));
            if (!event.approval().proposal().equals(proposal)) {
                return refused(
                        Ground.MALFORMED_DOCUMENT,
                        "It approves proposal " + event.approval().proposal() + ", not " + proposal);
            }
            return receipt(event, proposal);
        } catch (IllegalArgumentException malformed) {
            return refused(Ground.MALFORMED_DOCUMENT, String.valueOf(malformed.getMessage()));
        }
    }

    private Receipt receipt(RegistryEvent event, String proposal) {
        return switch (registry.append(List.of(event))) {
            case Registry.Appended appended ->
                new Receipt.Taken(registry.snapshot().proposal(proposal).orElseThrow());
            case Registry.Refused(EventRefusal why) -> new Receipt.Refused(why);
        };
    }

    private static Receipt refused(Ground ground, String detail) {
        return new Receipt.Refused(new EventRefusal(ground, detail));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
