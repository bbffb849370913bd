package dev.hutong.registry.witness;

import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleProofs;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.tlog.AddCheckpointRequest;
import dev.hutong.registry.tlog.Cosigner;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.NoteSignature;
import dev.hutong.registry.tlog.NoteVerifier;
import dev.hutong.registry.tlog.Parsed;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Countersigns checkpoints of the logs that it knows, each only where it continues the one that it countersigned last (C2SP
 * tlog-witness, "add-checkpoint"). What it countersigns is on the disk before anybody learns of it. Safe for any number of threads; one
 * request is decided at a time, so that none can overtake another between looking and writing.
 */
public final class Witness {
    private static final Checkpoint NOTHING = MerkleTree.empty().checkpoint();

    private final Cosigner cosigner;
    private final Map<String, NoteVerifier> originToLog;
    private final WitnessRecords records;
    private final InstantSource clock;

    /**
     * @param logs whose checkpoints are countersigned; a key's name is its log's origin
     * @param records of this witness alone
     */
    public Witness(Cosigner cosigner, List<NoteVerifier> logs, WitnessRecords records, InstantSource clock) {
        if (logs.stream().anyMatch(log -> log.key().type() != NoteKey.Type.ED25519)) {
            throw new IllegalArgumentException("A log's key is of type 0x01");
        }
        this.cosigner = cosigner;
        this.originToLog =
                logs.stream().collect(Collectors.toMap(log -> log.key().name(), Function.identity()));
        this.records = records;
        this.clock = clock;
    }

    /** What a witness says to a request. */
    public sealed interface Answer {}

    /** It countersigned: status 200. */
    public record Cosigned(List<NoteSignature> signatures) implements Answer {}

    /** The request is none: status 400. */
    public record Malformed(String reason) implements Answer {}

    /** It does not witness this log: status 404. */
    public record UnknownLog(String origin) implements Answer {}

    /** No known key of the log has signed the checkpoint: status 403. */
    public record NotSigned(String origin) implements Answer {}

    /** The request does not begin where the witness is: status 409, with the size at which it is. */
    public record OtherSize(long size) implements Answer {}

    /** The checkpoint does not continue what was countersigned, or the proof does not show that it does: status 422. */
    public record NotConsistent(String reason) implements Answer {}

    /** What it would say could not be kept, so it says nothing: status 500. */
    public record NotKept(IOException cause) implements Answer {}

    /** The public half of what it countersigns with. */
    public NoteKey key() {
        return cosigner.key();
    }

    /** Decides about a request, the body of one. Never throws on foreign octets. */
    public Answer add(byte[] body) {
        return switch (AddCheckpointRequest.parse(body)) {
            case Parsed.Valid<AddCheckpointRequest>(AddCheckpointRequest request) -> add(request);
            case Parsed.Malformed<AddCheckpointRequest>(String reason) -> new Malformed(reason);
        };
    }

    private synchronized Answer add(AddCheckpointRequest request) {
        String origin = request.checkpoint().text().origin();
        NoteVerifier log = originToLog.get(origin);
        if (log == null) {
            return new UnknownLog(origin);
        }
        if (!log.hasSigned(request.checkpoint().note())) {
            return new NotSigned(origin);
        }
        Checkpoint last = records.lastOf(origin).orElse(NOTHING);
        if (request.oldSize() != last.size()) {
            return new OtherSize(last.size());
        }
        Checkpoint next = request.checkpoint().checkpoint();
        if (!MerkleProofs.verifyConsistency(last, next, request.proof())) {
            // Version 1.0.0 answers 409 to another root at the same size; the text after it 422, which cannot be taken
            // for a size.
            return new NotConsistent("the proof does not lead from the root at " + last.size()
                    + " that was cosigned to this root at " + next.size());
        }
        return cosigned(request);
    }

    private Answer cosigned(AddCheckpointRequest request) {
        try {
            records.keep(request.checkpoint());
        } catch (IOException failure) {
            return new NotKept(failure);
        }
        return new Cosigned(List.of(cosigner.cosign(request.checkpoint().text(), clock.instant())));
    }
}
