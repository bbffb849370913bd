package dev.hutong.hub.ledger;

/** Why a decision is held for wrong. A closed list, since free text would hold names. */
public enum AppealGround {
    /** The status is not the holder's. */
    WRONG_STATUS,
    /** The status was right, and is so no more. */
    OUTDATED,
    /** It is about somebody else. */
    OTHER_PERSON,
    /** Nothing of it is known to the holder. */
    UNKNOWN_CAUSE
}
