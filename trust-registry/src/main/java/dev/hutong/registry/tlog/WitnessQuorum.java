package dev.hutong.registry.tlog;

import java.util.List;

/**
 * Whose countersignatures somebody asks for, and how many of them.
 *
 * @param witnesses no two with one public key, which would count twice
 * @param quorum how many of them must have cosigned; 0 to all
 */
public record WitnessQuorum(List<NoteKey> witnesses, int quorum) {
    /** Asks for no witness. */
    public static final WitnessQuorum NONE = new WitnessQuorum(List.of(), 0);

    /** @throws IllegalArgumentException if two witnesses share a key, a key is no witness's, or the quorum cannot be reached */
    public WitnessQuorum {
        witnesses = List.copyOf(witnesses);
        requireReachable(witnesses, quorum);
    }

    static void requireReachable(List<NoteKey> witnesses, int quorum) {
        if (witnesses.stream().anyMatch(witness -> witness.type() != NoteKey.Type.COSIGNATURE_V1)) {
            throw new IllegalArgumentException("A witness's key is of type 0x04");
        }
        if (witnesses.stream().map(NoteKey::publicKey).distinct().count() < witnesses.size()) {
            throw new IllegalArgumentException("A witness must not count twice");
        }
        if (quorum < 0 || quorum > witnesses.size()) {
            throw new IllegalArgumentException(quorum + " of " + witnesses.size() + " witnesses is no quorum");
        }
    }
}
