package dev.hutong.hub.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** Takes a stream of octets apart at its line ends, however it comes in pieces, and holds no more of it than the longest line. */
final class LineSplitter {
    private static final int USUAL_LENGTH = 2_048;

    private final int longest;
    private final Sink sink;
    private byte[] rest = new byte[USUAL_LENGTH];
    private int length;
    private boolean tooLong;

    /** Takes the lines in their order. */
    interface Sink {
        /** A line without its end, LF or CR LF; empty where there is nothing in it. */
        void line(byte[] octets);

        /** A line that is longer than lines may be. */
        void lineTooLong();
    }

    /** @param longest of how many octets a line may be, without its end */
    LineSplitter(int longest, Sink sink) {
        this.longest = longest;
        this.sink = sink;
    }

    void accept(Buffer piece) {
        byte[] octets = piece.getBytes();
        int from = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\n') {
                append(octets, from, i);
                endLine();
                from = i + 1;
            }
        }
        append(octets, from, octets.length);
    }

    /** What stands behind the last line end is a line, too, unless it is nothing. */
    void end() {
        if (length > 0 || tooLong) {
            endLine();
        }
    }

    private void append(byte[] octets, int from, int to) {
        int added = to - from;
        if (tooLong || length + added > longest + 1) { // one for a CR
            tooLong = true;
            length = 0;
            return;
        }
        if (length + added > rest.length) {
            rest = Arrays.copyOf(rest, Math.max(length + added, Math.min(2 * rest.length, longest + 1)));
        }
        System.arraycopy(octets, from, rest, length, added);
        length += added;
    }

    private void endLine() {
        int end = length > 0 && rest[length - 1] == '\r' ? length - 1 : length;
        boolean isTooLong = tooLong || end > longest;
        byte[] line = Arrays.copyOf(rest, isTooLong ? 0 : end);
        length = 0;
        tooLong = false;
        if (isTooLong) {
            sink.lineTooLong();
        } else {
            sink.line(line);
        }
    }
}
