package dev.hutong.hub.contract;

/** Who writes a value: that decides whether a change of its schema breaks anybody. */
enum Direction {
    /** The client writes: whatever was good must stay good. */
    REQUEST,
    /** The hub writes: nothing may come that was not to be expected. */
    RESPONSE
}
