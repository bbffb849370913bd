package dev.hutong.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;

/**
 * A file that is always there as a whole: written aside, forced to the disk, moved into its place. A process killed at any
 * instruction leaves the old content or the new, never half of one.
 */
public final class DurableFile {
    private DurableFile() {}

    /**
     * Puts this content in the file's place, readable by its owner only. When it returns, the content is on the disk.
     *
     * @throws IOException if that failed; the file then has its old content or the new
     */
    public static void replace(Path file, byte[] octets) throws IOException {
        replace(file, to -> to.write(octets));
    }

    /** What a file is to hold, written piece by piece. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream file) throws IOException;
    }

    /** Likewise, of content that is not at hand as a whole. */
    public static void replace(Path file, Content content) throws IOException {
        replace(file, content, OwnerOnly.file(file));
    }

    /** Likewise, readable by whomever the process lets read the files that it makes: for what holds no secret. */
    public static void replaceForReaders(Path file, byte[] octets) throws IOException {
        replace(file, to -> to.write(octets), new FileAttribute<?>[0]);
    }

    private static void replace(Path file, Content content, FileAttribute<?>[] permissions) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        Files.createFile(aside, permissions);
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            content.writeTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolderOf(file);
    }

    /** The name is durable only once its folder is. */
    private static void forceFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && OwnerOnly.isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
