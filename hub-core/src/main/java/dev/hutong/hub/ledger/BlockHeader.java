package dev.hutong.hub.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a hub signs of a block: the payload of a compact JWS with {@code typ} = {@value #TYPE}.
 *
 * @param hub the hub's name when it was signed
 * @param node the thumbprint of the key that signs it
 * @param number its place in the node's chain, from 0
 * @param previous SHA-256 of the signed header of the block before, in standard base64; null for block 0
 * @param count how many records
 * @param root of the RFC 6962 tree over the records, in standard base64
 * @param firstAt the earliest time of a record
 * @param lastAt the latest
 * @param firstId the smallest id of a record
 * @param lastId the greatest
 */
public record BlockHeader(
        String hub,
        String node,
        long number,
        @Nullable String previous,
        int count,
        String root,
        Instant firstAt,
        Instant lastAt,
        String firstId,
        String lastId) {
    /** The JWS's {@code typ}. */
    public static final String TYPE = "hutong-ledger-block+jwt";

    private static final int MEMBERS = 10;

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("hub", hub)
                .put("node", node)
                .put("number", number)
                .put("previous", previous)
                .put("count", count)
                .put("root", root)
                .put("firstAt", firstAt.toString())
                .put("lastAt", lastAt.toString())
                .put("firstId", firstId)
                .put("lastId", lastId);
    }

    /** Reads a payload; empty where it is none. */
    static Optional<BlockHeader> read(JsonNode json) {
        try {
            return json.size() == MEMBERS
                            && json.path("number").canConvertToLong()
                            && json.path("count").isInt()
                    ? Optional.of(new BlockHeader(
                            text(json, "hub"),
                            text(json, "node"),
                            json.path("number").longValue(),
                            json.path("previous").isNull() ? null : text(json, "previous"),
                            json.path("count").intValue(),
                            text(json, "root"),
                            Instant.parse(text(json, "firstAt")),
                            Instant.parse(text(json, "lastAt")),
                            text(json, "firstId"),
                            text(json, "lastId")))
                    : Optional.empty();
        } catch (DateTimeException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode json, String member) {
        if (!json.path(member).isTextual()) {
            throw new IllegalArgumentException(member);
        }
        return json.path(member).textValue();
    }
}
