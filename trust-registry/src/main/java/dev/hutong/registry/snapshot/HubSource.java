package dev.hutong.registry.snapshot;

/** A hub as a client of its registry asks it. What cannot be reached at all is the implementation's to tell. */
public interface HubSource {
    /** {@code GET /v1/registry/snapshot} */
    Answer snapshot() throws InterruptedException;

    /** {@code GET /v1/registry/snapshot?from=…} */
    Answer delta(long from) throws InterruptedException;

    /** {@code GET /v1/log/proof?from=…&to=…}: that the log of the one size begins with the log of the other. */
    Answer proof(long from, long to) throws InterruptedException;

    /** What the hub answered, with its HTTP status. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared and never handed out to be changed.
    record Answer(int status, byte[] body) {}
}
