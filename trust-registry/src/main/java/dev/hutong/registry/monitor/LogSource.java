package dev.hutong.registry.monitor;

/** Where the pieces of a log come from, as C2SP tlog-tiles lays them out. Nothing that it gives is trusted. */
public interface LogSource {
    /**
     * Fetches one piece. Waits, but not without end.
     *
     * @param path from the log's prefix on, without a slash at its beginning
     * @param limit octets at most
     */
    Piece fetch(String path, int limit) throws InterruptedException;

    /** What became of fetching a piece. */
    sealed interface Piece {}

    /** Here it is, true or not. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Found(byte[] octets) implements Piece {}

    /** The log answers, and does not have it. */
    record Absent(String why) implements Piece {}

    /** The log does not answer. */
    record NoAnswer(String why) implements Piece {}
}
