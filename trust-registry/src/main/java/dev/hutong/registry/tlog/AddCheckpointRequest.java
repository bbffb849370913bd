package dev.hutong.registry.tlog;

import dev.hutong.registry.merkle.TreeHash;
import java.util.List;
import java.util.OptionalLong;

/**
 * The body with which a log asks a witness to cosign: a checkpoint, and the proof that it continues what the witness saw last (C2SP
 * tlog-witness, "add-checkpoint").
 *
 * @param oldSize of the checkpoint that the witness cosigned last, 0 for none; at most the new one's
 * @param proof from the old size to the new (RFC 6962 §2.1.2), at most {@value #MAX_HASHES} hashes
 * @param checkpoint to be cosigned
 */
public record AddCheckpointRequest(long oldSize, List<TreeHash> proof, SignedCheckpoint checkpoint) {
    /** More a client must not send. */
    public static final int MAX_HASHES = 63;

    /** @throws IllegalArgumentException if the old size is not between 0 and the new, or the proof is too long */
    public AddCheckpointRequest {
        proof = List.copyOf(proof);
        if (oldSize < 0 || oldSize > checkpoint.checkpoint().size() || proof.size() > MAX_HASHES) {
            throw new IllegalArgumentException("No proof of " + proof.size() + " hashes leads from " + oldSize + " to "
                    + checkpoint.checkpoint().size());
        }
    }

    /** The request that this body is. Where it is malformed, a witness answers 400. */
    public static Parsed<AddCheckpointRequest> parse(byte[] octets) {
        return LogText.decode(octets).then(AddCheckpointRequest::parse);
    }

    private static Parsed<AddCheckpointRequest> parse(String body) {
        int blank = body.indexOf("\n\n");
        if (blank < 0) {
            return Parsed.malformed("there is no blank line between proof and checkpoint");
        }
        List<String> lines = List.of(body.substring(0, blank).split("\n", -1));
        OptionalLong oldSize = LogText.numberAfter("old", lines.getFirst());
        if (oldSize.isEmpty()) {
            return Parsed.malformed("the first line is not \"old\" with a decimal number below 2^63");
        }
        if (lines.size() - 1 > MAX_HASHES) {
            return Parsed.malformed("the proof has more than " + MAX_HASHES + " hashes");
        }
        return LogText.hashes(lines.subList(1, lines.size()))
                .then(proof -> SignedCheckpoint.parse(body.substring(blank + 2))
                        .then(checkpoint -> of(oldSize.getAsLong(), proof, checkpoint)));
    }

    private static Parsed<AddCheckpointRequest> of(long oldSize, List<TreeHash> proof, SignedCheckpoint checkpoint) {
        return oldSize <= checkpoint.checkpoint().size()
                ? Parsed.valid(new AddCheckpointRequest(oldSize, proof, checkpoint))
                : Parsed.malformed("the old size is larger than the checkpoint's");
    }

    /** The body as it is sent, in UTF-8. */
    public byte[] octets() {
        return LogText.octets(toString());
    }

    /** The body as it is sent. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("old ").append(oldSize).append('\n');
        LogText.appendHashes(text, proof);
        return text.append('\n').append(checkpoint).toString();
    }
}
