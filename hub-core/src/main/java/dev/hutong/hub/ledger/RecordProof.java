package dev.hutong.hub.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.StrictJson;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleProofs;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.snapshot.HubSignatures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What proves that a record is in the ledger: the record as it was hashed, its way up the block's tree, and the block's signed header.
 *
 * @param record the record's text, octet for octet
 * @param index its place in the block, from 0
 * @param inclusion the hashes from the leaf to the root, lowest first (RFC 6962 §2.1.1), in standard base64
 * @param header the block's header, a compact JWS by the hub's key
 */
public record RecordProof(String record, int index, List<String> inclusion, String header) {
    private static final int MEMBERS = 4;

    public RecordProof {
        inclusion = List.copyOf(inclusion);
    }

    static RecordProof of(LedgerReader.Found found) {
        List<String> inclusion =
                found
                        .block()
                        .tree()
                        .inclusionProof(found.index(), found.block().leaves().size())
                        .stream()
                        .map(TreeHash::toBase64)
                        .toList();
        return new RecordProof(
                new String(found.octets(), StandardCharsets.UTF_8),
                found.index(),
                inclusion,
                found.block().header());
    }

    /** As the hub answers with it. */
    public ObjectNode toJson() {
        ArrayNode hashes = JsonNodeFactory.instance.arrayNode();
        inclusion.forEach(hashes::add);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("record", record).put("index", index);
        json.set("inclusion", hashes);
        return json.put("header", header);
    }

    /** Reads a hub's answer; empty where it is none. */
    public static Optional<RecordProof> read(byte[] octets) {
        return StrictJson.read(octets)
                .filter(json -> json.isObject()
                        && json.size() == MEMBERS
                        && json.path("record").isTextual()
                        && json.path("index").isInt()
                        && json.path("inclusion").isArray()
                        && json.path("header").isTextual())
                .map(json -> {
                    List<String> hashes = new ArrayList<>();
                    json.path("inclusion").forEach(hash -> hashes.add(hash.asText()));
                    return new RecordProof(
                            json.path("record").textValue(),
                            json.path("index").intValue(),
                            hashes,
                            json.path("header").textValue());
                });
    }

    /** What a check came to. */
    public sealed interface Checked {
        /** The hub wrote this record down, in this block. */
        record Proven(JsonNode record, BlockHeader header) implements Checked {}

        /** It did not, or this does not show it; {@code why} is for people. */
        record Unproven(String why) implements Checked {}
    }

    /** Checks it by the hub's key alone. */
    public Checked check(PublicJwk hubKey, SignatureProviders providers) {
        return switch (new HubSignatures(hubKey, providers).read(header, BlockHeader.TYPE)) {
            case HubSignatures.Reading.Refused refused ->
                new Checked.Unproven("the block's header is refused: " + refused.reason());
            case HubSignatures.Reading.Signed(JsonNode payload) ->
                BlockHeader.read(payload)
                        .<Checked>map(this::check)
                        .orElse(new Checked.Unproven("what the hub signed is no header of a block"));
        };
    }

    private Checked check(BlockHeader signed) {
        byte[] octets = record.getBytes(StandardCharsets.UTF_8);
        Optional<TreeHash> root = TreeHash.parse(signed.root());
        List<TreeHash> hashes = inclusion.stream()
                .flatMap(hash -> TreeHash.parse(hash).stream())
                .toList();
        if (root.isEmpty()
                || hashes.size() != inclusion.size()
                || !MerkleProofs.verifyInclusion(
                        TreeHash.ofLeaf(octets), index, new Checkpoint(signed.count(), root.get()), hashes)) {
            return new Checked.Unproven(
                    "the record is not in the block: it, or the way to the block's root, was changed");
        }
        return StrictJson.read(octets)
                .<Checked>map(json -> new Checked.Proven(json, signed))
                .orElse(new Checked.Unproven("the record is no JSON"));
    }
}
