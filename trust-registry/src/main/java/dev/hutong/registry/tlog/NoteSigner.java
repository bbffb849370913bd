package dev.hutong.registry.tlog;

import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureSigner;
import java.util.List;

/** Signs notes as a log does, by one key of Ed25519 (type 0x01). To be kept and shared; safe for use by any number of threads. */
public final class NoteSigner {
    private final NoteKey key;
    private final SignatureSigner signer;

    /** @throws IllegalArgumentException if the name cannot be a key's, or the key is not one of Ed25519 */
    public NoteSigner(String name, PrivateJwk privateKey, SignatureProviders providers) {
        this.key = new NoteKey(name, NoteKey.Type.ED25519, privateKey.publicJwk());
        this.signer = providers.signer(privateKey);
    }

    /** The public half, under the signer's name. */
    public NoteKey key() {
        return key;
    }

    /**
     * The text with this key's signature.
     *
     * @throws IllegalArgumentException if the text cannot be that of a note
     */
    public SignedNote sign(String text) {
        return new SignedNote(text, List.of(NoteSignature.of(key, signer.sign(LogText.octets(text)))));
    }
}
