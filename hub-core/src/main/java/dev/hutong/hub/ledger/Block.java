package dev.hutong.hub.ledger;

import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.merkle.TreeHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * One block of a node's chain, as it is kept.
 *
 * @param node whose chain it is: the thumbprint of the key that signs it
 * @param number its place in the chain, from 0
 * @param firstId the smallest id of its records
 * @param lastId the greatest
 * @param header the signed header, a compact JWS
 * @param records NDJSON: each record's octets and a line feed
 * @param events the records of other kinds than decisions, by which they are found
 */
@SuppressWarnings("ArrayRecordComponent") // Large, never compared and never changed: a copy would buy nothing.
public record Block(
        String node, long number, String firstId, String lastId, String header, byte[] records, List<Event> events) {

    /**
     * A record that can be listed without reading its block.
     *
     * @param position its place in the block, from 0
     * @param subject whom it concerns, such as an issuer; empty where nobody in particular
     */
    public record Event(int position, String kind, String id, String subject) {}

    public Block {
        events = List.copyOf(events);
    }

    /** What the next block names this one by: SHA-256 of its signed header, in standard base64. The signature is part of it. */
    String hash() {
        return Base64.getEncoder().encodeToString(sha256(header.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The records one by one, without their line feeds: the leaves of the block's tree. */
    public List<byte[]> leaves() {
        List<byte[]> leaves = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < records.length; i++) {
            if (records[i] == '\n') {
                leaves.add(Arrays.copyOfRange(records, from, i));
                from = i + 1;
            }
        }
        if (from < records.length) {
            leaves.add(Arrays.copyOfRange(records, from, records.length));
        }
        return leaves;
    }

    /** The tree over the records (RFC 6962 §2.1). */
    MerkleTree tree() {
        return MerkleTree.empty()
                .appendAll(leaves().stream().map(TreeHash::ofLeaf).toList());
    }

    static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
