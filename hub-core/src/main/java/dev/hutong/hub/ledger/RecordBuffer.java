package dev.hutong.hub.ledger;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.merkle.TreeHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of the next block, written as they come into one buffer that is used again for every block, by one generator. For one
 * thread.
 */
final class RecordBuffer {
    /**
     * How far apart the times of the ids of one block lie at most. An id is given when a decision begins, and its record comes when it is
     * made; a block that spanned more, as after a jump of the clock, would be found for ids of a long time.
     */
    static final Duration WIDEST = Duration.ofMinutes(1);

    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL = 64 * 1024;

    /** Lets its octets be hashed in place. */
    private static final class Octets extends ByteArrayOutputStream {
        Octets() {
            super(USUAL);
        }

        byte[] from(int offset) {
            return Arrays.copyOfRange(buf, offset, count);
        }

        void truncate(int size) {
            count = size;
        }
    }

    private final Octets octets = new Octets();
    private final Pseudonyms pseudonyms;
    private final List<TreeHash> leaves = new ArrayList<>();
    private final List<Block.Event> events = new ArrayList<>();
    private JsonGenerator json;
    private Instant firstAt = Instant.MAX;
    private Instant lastAt = Instant.MIN;
    private String firstId = "";
    private String lastId = "";

    RecordBuffer(Pseudonyms pseudonyms) throws IOException {
        this.pseudonyms = pseudonyms;
        this.json = generator();
    }

    private JsonGenerator generator() throws IOException {
        // Between two roots the generator writes nothing of its own: the line feed is written behind each.
        return JSON.createGenerator(octets, JsonEncoding.UTF8).setRootValueSeparator(new SerializedString(""));
    }

    /** Empty again, for the next block. */
    void clear() {
        octets.reset();
        leaves.clear();
        events.clear();
        firstAt = Instant.MAX;
        lastAt = Instant.MIN;
        firstId = "";
        lastId = "";
    }

    /** Whether this record may be of the same block. */
    boolean reaches(LedgerRecord record) {
        if (leaves.isEmpty()) {
            return true;
        }
        long at = Ulids.millisOf(record.id());
        long earliest = Math.min(at, Ulids.millisOf(firstId));
        long latest = Math.max(at, Ulids.millisOf(lastId));
        return latest - earliest <= WIDEST.toMillis();
    }

    /**
     * Adds a record.
     *
     * @throws IOException if the key of its period cannot be read or made; nothing of the record is kept
     */
    void add(LedgerRecord record) throws IOException {
        int start = octets.size();
        try {
            json.writeStartObject();
            json.writeStringField("kind", record.kind());
            json.writeStringField("id", record.id());
            json.writeStringField("at", record.at().toString());
            record.writeMembers(json, pseudonyms);
            json.writeEndObject();
            json.flush();
        } catch (IOException | RuntimeException failure) {
            octets.truncate(start);
            json = generator();
            throw failure;
        }
        if (!record.isDecision()) {
            events.add(new Block.Event(leaves.size(), record.kind(), record.id(), record.subject()));
        }
        leaves.add(TreeHash.ofLeaf(octets.from(start)));
        octets.write('\n');
        span(record);
    }

    private void span(LedgerRecord record) {
        firstAt = record.at().isBefore(firstAt) ? record.at() : firstAt;
        lastAt = record.at().isAfter(lastAt) ? record.at() : lastAt;
        firstId = firstId.isEmpty() || record.id().compareTo(firstId) < 0 ? record.id() : firstId;
        lastId = record.id().compareTo(lastId) > 0 ? record.id() : lastId;
    }

    int count() {
        return leaves.size();
    }

    String root() {
        return MerkleTree.empty().appendAll(leaves).root().toBase64();
    }

    byte[] records() {
        return octets.from(0);
    }

    List<Block.Event> events() {
        return List.copyOf(events);
    }

    Instant firstAt() {
        return firstAt;
    }

    Instant lastAt() {
        return lastAt;
    }

    String firstId() {
        return firstId;
    }

    String lastId() {
        return lastId;
    }
}
