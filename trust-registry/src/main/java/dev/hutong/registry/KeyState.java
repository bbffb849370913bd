package dev.hutong.registry;

/** Where a registered key stands in its life at an instant. */
public enum KeyState {
    /** Published; it may not sign yet. */
    PRE_PUBLISHED,
    /** It may sign. */
    ACTIVE,
    /** It may sign no longer; what it signed stays good. */
    VERIFY_ONLY,
    /** Nothing that it signed is good any more. */
    EXPIRED,
    /** Nothing under it is good until it is resumed. */
    SUSPENDED,
    /** Withdrawn: nothing signed from the cut-off on is good, or nothing at all. */
    REVOKED
}
