package dev.hutong.hub.resolve;

/**
 * Is told how decisions are made, while they are. It changes none, delays none and throws nothing; it is called on event loops, some ten times
 * for each decision.
 */
public interface Observer {
    /** Looks at nothing. */
    Observer NONE = new Observer() {
        @Override
        public void took(Step step, long from, long to) {}

        @Override
        public void decided(Decision decision) {}
    };

    /**
     * A step has come to its end, whatever came of it.
     *
     * @param from when it began, by {@link System#nanoTime}
     * @param to when it ended, likewise
     */
    void took(Step step, long from, long to);

    /** A decision is made. */
    void decided(Decision decision);
}
