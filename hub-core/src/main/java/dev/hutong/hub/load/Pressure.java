package dev.hutong.hub.load;

/** How hard pressed an event loop is. */
public enum Pressure {
    /** What comes is answered as it comes. */
    NORMAL,
    /** A queue stands and does not go away: answers are abridged, so that it does. */
    BUSY,
    /** More comes than can be answered: what waits too long is refused. */
    SHEDDING
}
