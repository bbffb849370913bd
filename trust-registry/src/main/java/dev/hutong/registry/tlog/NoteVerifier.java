package dev.hutong.registry.tlog;

import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureVerifier;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Checks the signatures of one key below notes. To be kept and shared; safe for use by any number of threads. */
public final class NoteVerifier {
    private final NoteKey key;
    private final SignatureVerifier verifier;

    public NoteVerifier(NoteKey key, SignatureProviders providers) {
        this.key = key;
        this.verifier = providers.verifier(key.publicKey());
    }

    /** Whose signatures are checked. */
    public NoteKey key() {
        return key;
    }

    /**
     * True where the note carries a signature of this key and every line that names the key is good. Lines of other keys are ignored;
     * a bad line of this one spoils the note, as C2SP signed-note recommends.
     */
    public boolean hasSigned(SignedNote note) {
        return !linesOf(note).isEmpty() && !findsForgeryIn(note);
    }

    /** True where a line names the key and is not its signature of the text. */
    public boolean findsForgeryIn(SignedNote note) {
        return linesOf(note).stream().anyMatch(line -> !verifies(note.text(), line));
    }

    /** True where this line names the key and is its signature of the text. */
    public boolean verifies(String text, NoteSignature line) {
        if (!line.names(key)) {
            return false;
        }
        return switch (key.type()) {
            case ED25519 -> verifier.verify(LogText.octets(text), line.octets());
            case COSIGNATURE_V1 ->
                Cosignature.parse(line.octets())
                        .filter(cosignature ->
                                verifier.verify(Cosignature.message(cosignature.at(), text), cosignature.signature()))
                        .isPresent();
        };
    }

    /** When the witness last cosigned the note, in whole seconds; empty where it has not {@link #hasSigned}, or is not a witness. */
    public Optional<Instant> cosignedAt(SignedNote note) {
        if (key.type() != NoteKey.Type.COSIGNATURE_V1 || !hasSigned(note)) {
            return Optional.empty();
        }
        return linesOf(note).stream()
                .flatMap(line -> Cosignature.parse(line.octets()).stream())
                .map(Cosignature::at)
                .max(Comparator.naturalOrder());
    }

    private List<NoteSignature> linesOf(SignedNote note) {
        return note.signatures().stream().filter(line -> line.names(key)).toList();
    }
}
