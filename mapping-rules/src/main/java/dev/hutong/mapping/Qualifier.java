package dev.hutong.mapping;

/** What accompanies a risk and matters to who judges it. */
public enum Qualifier {
    /** Rests on the holder's own declaration alone. */
    SELF_DECLARED,
    /** Green for the time being, pending a further test. */
    PROVISIONAL,
    /** Rests on an abnormal temperature alone; a normal reading on site clears it. */
    TEMPERATURE_ONLY,
    /** The holder is a close contact of a case. */
    CLOSE_CONTACT,
    /** A printed code, for someone with no phone. */
    PRINTED,
    /** Held by a family member on the holder's behalf. */
    DEPENDANT,
    /** Still valid, but computed longer ago than is usual. */
    STALE
}
