package dev.hutong.hub.resolve;

import java.util.Locale;

/** The steps of a decision, in their order. */
public enum Step {
    /** Which format is it? */
    RECOGNISE,
    /** Is it a whole code, and what is in it? */
    OPEN,
    /** Who signed it? */
    AUTHENTICATE,
    /** What does its issuer's platform say? */
    ASK,
    /** What does the native state mean? */
    MAP,
    /** What follows from it at the destination? */
    JUDGE,
    /** The decision is signed, where that was asked for. */
    SIGN,
    /** The decision is made durable. */
    RECORD;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As it stands in traces. */
    public String word() {
        return word;
    }
}
