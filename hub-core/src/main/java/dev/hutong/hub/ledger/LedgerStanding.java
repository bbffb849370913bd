package dev.hutong.hub.ledger;

import java.time.Duration;
import java.util.Optional;

/**
 * How a running hub's ledger stands.
 *
 * @param state whether decisions are kept, and where
 * @param fault why the store, and the journal where it matters, takes nothing, in one line without secrets; empty where it does
 * @param blocks how many blocks this hub's chain has
 * @param records how many records were kept since the hub started
 * @param queued how many wait to be kept
 * @param lag for how long the oldest of those has waited
 * @param spooled how many blocks wait in the journal
 */
public record LedgerStanding(
        State state, Optional<String> fault, long blocks, long records, int queued, Duration lag, long spooled) {

    /** Longer than any attempt at a store that says in the end that it is gone, so that it is not taken for one that hangs. */
    static final Duration LONGEST_LAG = Duration.ofSeconds(5);

    /** Where decisions are kept. */
    public enum State {
        /** In the store. */
        STORING,
        /** In the journal, until the store is back. */
        SPOOLING,
        /** Nowhere: no decision leaves. */
        REFUSING
    }

    /**
     * Why decisions cannot be answered, in one line without secrets; empty where they can. A disk that hangs says nothing: what waits for
     * it tells.
     */
    public Optional<String> obstacle() {
        if (state == State.REFUSING) {
            return Optional.of("decisions cannot be written down"
                    + fault.map(why -> ": " + why).orElse(""));
        }
        return lag.compareTo(LONGEST_LAG) > 0
                ? Optional.of("decisions have not been written down for " + lag.toSeconds()
                        + " s, and nobody says why: look whether the disk or the server hangs")
                : Optional.empty();
    }
}
