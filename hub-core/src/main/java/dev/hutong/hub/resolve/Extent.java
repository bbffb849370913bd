package dev.hutong.hub.resolve;

/** How much of what somebody may see is written. */
public enum Extent {
    /** All of it. */
    WHOLE,
    /** What a gate acts on: without explanation, evidence and trace. The member {@code abridged} says so. */
    ABRIDGED
}
