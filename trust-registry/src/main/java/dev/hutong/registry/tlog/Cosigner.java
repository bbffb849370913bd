package dev.hutong.registry.tlog;

import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureSigner;
import java.time.Instant;

/**
 * Countersigns checkpoints as a witness does, by one key of Ed25519 (type 0x04; C2SP tlog-cosignature). What is signed does not name
 * the witness, so a key belongs to one witness alone. To be kept and shared; safe for use by any number of threads.
 */
public final class Cosigner {
    private final NoteKey key;
    private final SignatureSigner signer;

    /** @throws IllegalArgumentException if the name cannot be a key's, or the key is not one of Ed25519 */
    public Cosigner(String name, PrivateJwk privateKey, SignatureProviders providers) {
        this.key = new NoteKey(name, NoteKey.Type.COSIGNATURE_V1, privateKey.publicJwk());
        this.signer = providers.signer(privateKey);
    }

    /** The public half, under the witness's name. */
    public NoteKey key() {
        return key;
    }

    /**
     * The statement that, of the log that the checkpoint names, this is the largest consistent tree that the witness had seen.
     *
     * @param at the time of the statement; only its whole seconds count
     * @throws IllegalArgumentException if it lies before 1970
     */
    public NoteSignature cosign(CheckpointText checkpoint, Instant at) {
        if (at.getEpochSecond() < 0) {
            throw new IllegalArgumentException("A cosignature has no time before 1970: " + at);
        }
        byte[] signature = signer.sign(Cosignature.message(at, checkpoint.toString()));
        return NoteSignature.of(key, new Cosignature(at, signature).octets());
    }
}
