package dev.hutong.registry.tlog;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A text and the signatures below it (C2SP signed-note). Nobody may believe the text before a {@link NoteVerifier} of a key that they
 * trust has found its signature good.
 *
 * @param text what is signed, with the newline at its end
 * @param signatures at least one, in the order of their lines; those of unknown keys are kept, and mean nothing
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** @throws IllegalArgumentException if this cannot be written as a note */
    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || !LogText.isPlain(text.replace("\n", ""))) {
            throw new IllegalArgumentException(
                    "The text of a note ends in a newline and has no other control character");
        }
        if (signatures.isEmpty() || signatures.size() > NoteSignature.MAX_PER_NOTE) {
            throw new IllegalArgumentException("A note has 1 to " + NoteSignature.MAX_PER_NOTE + " signatures");
        }
    }

    /** The note that these octets are, of at most 1,000,000 octets and {@value NoteSignature#MAX_PER_NOTE} signatures. */
    public static Parsed<SignedNote> parse(byte[] octets) {
        return LogText.decode(octets).then(SignedNote::parse);
    }

    static Parsed<SignedNote> parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0) {
            return Parsed.malformed("there is no blank line between text and signatures");
        }
        String text = note.substring(0, blank + 1);
        return NoteSignature.parseLines(note.substring(blank + 2))
                .then(signatures -> Parsed.valid(new SignedNote(text, signatures)));
    }

    /** This note with further signatures below its own; one that it has already is not added again. */
    public SignedNote with(List<NoteSignature> more) {
        return new SignedNote(
                text,
                Stream.concat(signatures.stream(), more.stream()).distinct().toList());
    }

    /** The note as it is stored and sent, in UTF-8. */
    public byte[] octets() {
        return LogText.octets(toString());
    }

    /** The note as it is stored and sent. */
    @Override
    public String toString() {
        return text + "\n" + signatures.stream().map(NoteSignature::line).collect(Collectors.joining());
    }
}
