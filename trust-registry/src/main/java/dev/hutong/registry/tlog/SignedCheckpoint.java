package dev.hutong.registry.tlog;

import dev.hutong.registry.merkle.Checkpoint;
import java.util.List;

/**
 * A checkpoint with the signatures of its log and of witnesses below it (C2SP tlog-checkpoint). It is to be believed only where a
 * {@link LogPolicy} finds no fault in it.
 *
 * @param text what is signed
 * @param signatures at least one; those of unknown keys are kept, and mean nothing
 */
public record SignedCheckpoint(CheckpointText text, List<NoteSignature> signatures) {
    /** @throws IllegalArgumentException if there is no signature, or more than a note may have */
    public SignedCheckpoint {
        signatures = new SignedNote(text.toString(), signatures).signatures();
    }

    /** The checkpoint that these octets are. */
    public static Parsed<SignedCheckpoint> parse(byte[] octets) {
        return SignedNote.parse(octets).then(SignedCheckpoint::of);
    }

    static Parsed<SignedCheckpoint> parse(String note) {
        return SignedNote.parse(note).then(SignedCheckpoint::of);
    }

    private static Parsed<SignedCheckpoint> of(SignedNote note) {
        return CheckpointText.parse(note.text())
                .then(text -> Parsed.valid(new SignedCheckpoint(text, note.signatures())));
    }

    /** The checkpoint as its log issues it. */
    public static SignedCheckpoint sign(CheckpointText text, NoteSigner log) {
        return new SignedCheckpoint(text, log.sign(text.toString()).signatures());
    }

    /** This checkpoint with further signatures, such as a witness's; one that it has already is not added again. */
    public SignedCheckpoint with(List<NoteSignature> more) {
        return new SignedCheckpoint(text, note().with(more).signatures());
    }

    /** Size and root. */
    public Checkpoint checkpoint() {
        return text.checkpoint();
    }

    /** The note that it is. */
    public SignedNote note() {
        return new SignedNote(text.toString(), signatures);
    }

    /** As it is served, in UTF-8. */
    public byte[] octets() {
        return note().octets();
    }

    /** As it is served. */
    @Override
    public String toString() {
        return note().toString();
    }
}
