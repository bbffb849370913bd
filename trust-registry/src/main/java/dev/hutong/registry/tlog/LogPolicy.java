package dev.hutong.registry.tlog;

import dev.hutong.registry.jose.SignatureProviders;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to see below a checkpoint before they believe it: the signature of the log that they know, and those of so many of
 * the witnesses that they trust (C2SP tlog-policy, with a single group).
 *
 * @param log whose key's name is the origin of its checkpoints
 * @param witnesses no two with one public key
 * @param quorum how many of them must have cosigned; 0 to all
 */
public record LogPolicy(NoteVerifier log, List<NoteVerifier> witnesses, int quorum) {
    /** @throws IllegalArgumentException if two witnesses share a key, a key is of the wrong type, or the quorum cannot be reached */
    public LogPolicy {
        witnesses = List.copyOf(witnesses);
        if (log.key().type() != NoteKey.Type.ED25519) {
            throw new IllegalArgumentException("A log's key is of type 0x01");
        }
        WitnessQuorum.requireReachable(witnesses.stream().map(NoteVerifier::key).toList(), quorum);
    }

    /** The policy of who knows this log and asks for these witnesses. */
    public static LogPolicy of(NoteVerifier log, WitnessQuorum asked, SignatureProviders providers) {
        return new LogPolicy(
                log,
                asked.witnesses().stream()
                        .map(witness -> new NoteVerifier(witness, providers))
                        .toList(),
                asked.quorum());
    }

    /** The policy of who asks for no witness. */
    public static LogPolicy withoutWitnesses(NoteVerifier log) {
        return new LogPolicy(log, List.of(), 0);
    }

    /** Why this checkpoint is not to be believed, in words for people; empty where it is. */
    public Optional<String> faultIn(SignedCheckpoint checkpoint) {
        String origin = checkpoint.text().origin();
        if (!origin.equals(log.key().name())) {
            return Optional.of("the checkpoint is of the log " + origin + ", not of "
                    + log.key().name());
        }
        SignedNote note = checkpoint.note();
        if (!log.hasSigned(note)) {
            return Optional.of("the checkpoint has no good signature of the log's key " + log.key());
        }
        for (NoteVerifier witness : witnesses) {
            if (witness.findsForgeryIn(note)) {
                return Optional.of(
                        "the checkpoint has a signature that the witness " + witness.key() + " did not make");
            }
        }
        long cosigned =
                witnesses.stream().filter(witness -> witness.hasSigned(note)).count();
        return cosigned >= quorum
                ? Optional.empty()
                : Optional.of(
                        "of the witnesses " + cosigned + " have cosigned the checkpoint, and " + quorum + " must");
    }
}
