package dev.hutong.hub.load;

/** Something that an event loop is asked to do. */
public interface Work {
    /** Whose share it counts against. */
    String caller();

    /** What it costs, in requests for a single code; 1 or more. */
    int cost();

    /** Whether it may be refused where it has waited too long. */
    boolean isRefusable();

    /** Whether nobody waits for it any more. */
    boolean isAbandoned();

    /**
     * Does it.
     *
     * @param done to be run exactly once, on the event loop, when it no longer holds anything
     */
    void start(Runnable done);

    /** Tells whoever asked that it is not done. */
    void refuse();
}
