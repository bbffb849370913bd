package dev.hutong.hub.ledger;

import java.time.Duration;
import java.util.Optional;

/**
 * How a running hub's ledger stands.
 *
 * @param state whether decisions are kept, and where
 * @param fault why the store takes nothing, in one line without secrets; empty where it does
 * @param blocks how many blocks this hub's chain has
 * @param records how many records were kept since the hub started
 * @param queued how many wait to be kept
 * @param lag for how long the oldest of those has waited
 * @param spooled how many blocks wait in the journal
 */
public record LedgerStanding(
        State state, Optional<String> fault, long blocks, long records, int queued, Duration lag, long spooled) {

    /** Where decisions are kept. */
    public enum State {
        /** In the store. */
        STORING,
        /** In the journal, until the store is back. */
        SPOOLING,
        /** Nowhere: no decision leaves. */
        REFUSING
    }

    /** Whether decisions can be answered. */
    public boolean takes() {
        return state != State.REFUSING;
    }
}
