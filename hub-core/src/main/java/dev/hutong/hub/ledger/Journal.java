package dev.hutong.hub.ledger;

import dev.hutong.registry.OwnerOnly;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blocks that wait for the store to come back: a file that is only ever appended to, and emptied once all of it is in the store.
 *
 * <p>A frame is the length of its content (4 octets, big-endian), SHA-256 of the content, and the content. What follows the last whole
 * frame is what a process was writing when it ended; nobody was answered for it, and it is cut off when the file is opened again.
 * Appending and clearing are for one thread at a time; reading goes on beside appending.
 */
final class Journal implements Closeable {
    private static final int HASH_OCTETS = 32;
    private static final int HEAD_OCTETS = Integer.BYTES + HASH_OCTETS;
    /** Far above any block. */
    private static final int LONGEST = 1 << 28;
    /** For whoever has to do with blocks that the store will never take. */
    static final String KEEP_IT =
            "Decisions were told that are in the journal alone: move ledger.journal out of the data folder as well, and keep it.";
    /** Blocks that go into the store in one transaction, at most. */
    static final int CHUNK = 256;
    /** Octets of blocks that are in memory at once; a larger block is there alone. */
    private static final int CHUNK_OCTETS = 1 << 22;

    private final FileChannel channel;
    private final long limit;
    private volatile long length;
    private final AtomicLong blocks = new AtomicLong();
    /** Octets of the frame that was not taken last. */
    private int refused;

    /** Some of the blocks, and where the next one begins. */
    record Read(List<Block> blocks, long next) {}

    private Journal(FileChannel channel, long limit) {
        this.channel = channel;
        this.limit = limit;
    }

    /**
     * Opens the journal, made where it is missing.
     *
     * @param limit beyond how many octets nothing more is taken
     */
    static Journal open(Path file, long limit) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, OwnerOnly.file(file));
        }
        Journal journal = new Journal(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), limit);
        journal.cutOffWhatIsTorn();
        return journal;
    }

    /** The blocks that wait in this file, which another process may be writing. */
    static List<Block> peek(Path file) throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        List<Block> all = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Journal journal = new Journal(channel, 0);
            Read some = journal.read(0, CHUNK);
            while (!some.blocks().isEmpty()) {
                all.addAll(some.blocks());
                some = journal.read(some.next(), CHUNK);
            }
        }
        return all;
    }

    /** Frame by frame, since the journal may be larger than the memory. */
    private void cutOffWhatIsTorn() throws IOException {
        long end = 0;
        for (Optional<byte[]> content = frameAt(end); content.isPresent(); content = frameAt(end)) {
            end += HEAD_OCTETS + content.get().length;
            blocks.incrementAndGet();
        }
        length = end;
        channel.truncate(length);
        channel.force(true);
    }

    boolean isEmpty() {
        return length == 0;
    }

    long length() {
        return length;
    }

    /** How many blocks wait in it. */
    long blocks() {
        return blocks.get();
    }

    /** Appends a block; on the disk when it returns. Where it throws, the journal is as it was before. */
    void append(Block block) throws IOException {
        byte[] content = encode(block);
        ByteBuffer frame = ByteBuffer.allocate(HEAD_OCTETS + content.length)
                .putInt(content.length)
                .put(Block.sha256(content))
                .put(content)
                .flip();
        refused = frame.capacity();
        length = write(frame);
        refused = 0;
        blocks.incrementAndGet();
    }

    /**
     * Tries whether what was not taken last would be taken now: writes as much behind the end, and cuts it off.
     *
     * @throws IOException where it would not
     */
    void tryAgain() throws IOException {
        write(ByteBuffer.allocate(refused));
        channel.truncate(length);
    }

    /** Writes behind the end, and gives the new end. Where it throws, nothing is there. */
    private long write(ByteBuffer octets) throws IOException {
        if (length + octets.remaining() > limit) {
            throw new IOException("it is full: it may have " + limit + " octets");
        }
        try {
            long position = length;
            while (octets.hasRemaining()) {
                position += channel.write(octets, position);
            }
            channel.force(true);
            return position;
        } catch (IOException failure) {
            channel.truncate(length);
            throw failure;
        }
    }

    /** Blocks from a position on, at most so many and not too many for the memory; none only where there is none. */
    Read read(long from, int limit) throws IOException {
        List<Block> read = new ArrayList<>();
        long position = from;
        while (read.size() < limit && position - from < CHUNK_OCTETS) {
            Optional<byte[]> content = frameAt(position);
            if (content.isEmpty()) {
                break;
            }
            read.add(decode(content.get()));
            position += HEAD_OCTETS + content.get().length;
        }
        return new Read(read, position);
    }

    private Optional<byte[]> frameAt(long position) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_OCTETS);
        if (!fill(head, position)) {
            return Optional.empty();
        }
        int size = head.getInt(0);
        if (size <= 0 || size > LONGEST || position + HEAD_OCTETS + size > channel.size()) {
            return Optional.empty();
        }
        ByteBuffer content = ByteBuffer.allocate(size);
        byte[] hash = Arrays.copyOfRange(head.array(), Integer.BYTES, HEAD_OCTETS);
        return fill(content, position + HEAD_OCTETS) && Arrays.equals(hash, Block.sha256(content.array()))
                ? Optional.of(content.array())
                : Optional.empty();
    }

    private boolean fill(ByteBuffer target, long from) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, from + target.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Brings what an earlier process left into the store, and empties the journal. */
    void drainInto(BlockStore store) throws IOException {
        long from = 0;
        for (Read some = read(from, CHUNK); !some.blocks().isEmpty(); some = read(from, CHUNK)) {
            store.append(some.blocks());
            from = some.next();
        }
        clear();
    }

    /** Empties it: everything in it is in the store. */
    void clear() throws IOException {
        channel.truncate(0);
        channel.force(true);
        length = 0;
        blocks.set(0);
    }

    private static byte[] encode(Block block) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(block.records().length + 1_024);
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeUTF(block.node());
            out.writeLong(block.number());
            out.writeUTF(block.firstId());
            out.writeUTF(block.lastId());
            out.writeUTF(block.header());
            out.writeInt(block.events().size());
            for (Block.Event event : block.events()) {
                out.writeInt(event.position());
                out.writeUTF(event.kind());
                out.writeUTF(event.id());
                out.writeUTF(event.subject());
            }
            out.writeInt(block.records().length);
            out.write(block.records());
        }
        return octets.toByteArray();
    }

    private static Block decode(byte[] content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        String node = in.readUTF();
        long number = in.readLong();
        String firstId = in.readUTF();
        String lastId = in.readUTF();
        String header = in.readUTF();
        int count = in.readInt();
        List<Block.Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new Block.Event(in.readInt(), in.readUTF(), in.readUTF(), in.readUTF()));
        }
        return new Block(node, number, firstId, lastId, header, in.readNBytes(in.readInt()), events);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
