package dev.hutong.registry.tlog;

import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.TreeHash;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a log says about itself when it signs: which log it is, its size and its root (C2SP tlog-checkpoint, "Note text").
 *
 * @param origin the log's identity; one line, not empty
 * @param checkpoint size and root
 * @param extensions further lines, opaque and not empty; no log should have any, because nobody can audit them
 */
public record CheckpointText(String origin, Checkpoint checkpoint, List<String> extensions) {
    private static final int LINES = 3;

    /** @throws IllegalArgumentException if a line is empty or has control characters */
    public CheckpointText {
        extensions = List.copyOf(extensions);
        if (!isLine(origin) || !extensions.stream().allMatch(CheckpointText::isLine)) {
            throw new IllegalArgumentException(
                    "The lines of a checkpoint are not empty and have no control characters");
        }
    }

    /** Without extensions. */
    public CheckpointText(String origin, Checkpoint checkpoint) {
        this(origin, checkpoint, List.of());
    }

    /** The checkpoint that this text of a note is. */
    public static Parsed<CheckpointText> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length <= LINES || !lines[lines.length - 1].isEmpty()) {
            return Parsed.malformed("a checkpoint has three lines or more, each ending in a newline");
        }
        List<String> all = List.of(lines).subList(0, lines.length - 1);
        if (!all.stream().allMatch(CheckpointText::isLine)) {
            return Parsed.malformed("a line of the checkpoint is empty or has a control character");
        }
        OptionalLong size = LogText.decimal(all.get(1));
        if (size.isEmpty()) {
            return Parsed.malformed("the tree size is no decimal number below 2^63 without leading zeros");
        }
        Optional<TreeHash> root = TreeHash.parse(all.get(2));
        if (root.isEmpty()) {
            return Parsed.malformed("the root is no hash in base64");
        }
        Checkpoint checkpoint = new Checkpoint(size.getAsLong(), root.get());
        return Parsed.valid(new CheckpointText(all.getFirst(), checkpoint, all.subList(LINES, all.size())));
    }

    private static boolean isLine(String text) {
        return !text.isEmpty() && LogText.isPlain(text);
    }

    /** The text that is signed. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(origin)
                .append('\n')
                .append(checkpoint.size())
                .append('\n')
                .append(checkpoint.root().toBase64())
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
