package dev.hutong.hub.resolve;

/** Takes the times of steps that follow one another: one look at the clock for each. */
final class Laps {
    private final Observer observer;
    private long since;

    Laps(Observer observer) {
        this.observer = observer;
    }

    /** The next step begins now. */
    void start() {
        since = System.nanoTime();
    }

    /** This step is over, and the next one begins. */
    void end(Step step) {
        long now = System.nanoTime();
        observer.took(step, since, now);
        since = now;
    }
}
