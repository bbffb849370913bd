package dev.hutong.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exclusive hold of one process on a data folder, by the operating system's lock on a file in it. It ends with the process, however
 * that ends; the file stays, for deleting it would let two processes lock two files of one name.
 */
final class FolderLock implements AutoCloseable {
    static final String FILE_NAME = "hub.lock";

    private static final int MAX_PID_OCTETS = 32;

    /**
     * What this JVM holds. POSIX drops a process's lock as soon as the process closes any descriptor of the file, so that a second
     * attempt within one JVM must be turned away before it opens the file. The lock belongs to the process; so does this set.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    sealed interface Attempt {}

    record Locked(FolderLock lock) implements Attempt {}

    /** Somebody else holds it; {@code holder} says who, as far as can be known. */
    record Held(String holder) implements Attempt {}

    /** Locks this existing folder, unless somebody does already; never waits. */
    static Attempt tryLock(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!HELD_HERE.add(real)) {
            return new Held("this very process");
        }
        Attempt attempt = new Held("nobody");
        try {
            attempt = lockFile(real);
            return attempt;
        } finally {
            if (!(attempt instanceof Locked)) {
                HELD_HERE.remove(real);
            }
        }
    }

    private static Attempt lockFile(Path real) throws IOException {
        FileChannel channel = FileChannel.open(
                real.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String holder = "process " + processId(channel);
                channel.close();
                return new Held(holder);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new Locked(new FolderLock(real, channel));
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    private static String processId(FileChannel channel) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(MAX_PID_OCTETS);
        channel.read(octets, 0);
        String text = StandardCharsets.US_ASCII.decode(octets.flip()).toString();
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty() ? text : "of unknown number";
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(folder);
        }
    }
}
