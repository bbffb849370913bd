package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.snapshot.Members.MalformedException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a snapshot says about itself; a difference says it about the snapshot that it leads to.
 *
 * @param hub who signed it
 * @param issuedAt when this was all that the log held, in whole seconds
 * @param nextUpdate by when there is a newer one
 * @param expires the first instant at which it is good no more
 * @param origin the log's name; absent on a development hub
 * @param checkpoint of the log; its size is the snapshot's sequence
 * @param digest of the whole entries
 */
public record Claims(
        String hub,
        Instant issuedAt,
        Instant nextUpdate,
        Instant expires,
        Optional<String> origin,
        Checkpoint checkpoint,
        String digest) {
    /** How many entries the log had: the only measure of which of two snapshots is newer. */
    public long sequence() {
        return checkpoint.size();
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("iss", hub)
                .put("iat", issuedAt.getEpochSecond())
                .put("nextUpdate", nextUpdate.getEpochSecond())
                .put("exp", expires.getEpochSecond())
                .put("sequence", sequence())
                .put("digest", digest);
        json.putObject("log")
                .put("origin", origin.orElse(null))
                .put("size", checkpoint.size())
                .put("root", checkpoint.root().toBase64());
        return json;
    }

    static Claims read(JsonNode json) throws MalformedException {
        JsonNode log = Members.object(json, "log");
        Claims claims = new Claims(
                Members.text(json, "iss"),
                Members.seconds(json, "iat"),
                Members.seconds(json, "nextUpdate"),
                Members.seconds(json, "exp"),
                Members.optionalText(log, "origin"),
                new Checkpoint(
                        Members.count(log, "size"),
                        TreeHash.parse(Members.text(log, "root"))
                                .orElseThrow(() -> Members.fault("root", "is no hash in base64"))),
                Members.text(json, "digest"));
        if (Members.count(json, "sequence") != claims.sequence()) {
            throw Members.fault("sequence", "is not the log's size");
        }
        if (!claims.nextUpdate.isAfter(claims.issuedAt) || claims.expires.isBefore(claims.nextUpdate)) {
            throw Members.fault("iat", "is not before nextUpdate, or exp is");
        }
        return claims;
    }
}
