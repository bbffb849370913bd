package dev.hutong.hub.federation;

/** What the registry says to a {@link TrustQuestion}. */
public sealed interface TrustAnswer {
    /**
     * It can say.
     *
     * @param yes authorized, or recognized
     * @param message why, for people
     */
    record Said(boolean yes, String message) implements TrustAnswer {}

    /** The question names what the registry never knew; {@code what} says which member, and what it may be. */
    record NotKnown(String what) implements TrustAnswer {}

    /** It asks about a time that is still to come. */
    record StillToCome() implements TrustAnswer {}

    /** The registry has not been confirmed lately enough to say anything. */
    record Stale() implements TrustAnswer {}
}
