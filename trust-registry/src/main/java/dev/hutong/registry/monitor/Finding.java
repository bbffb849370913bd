package dev.hutong.registry.monitor;

import java.util.OptionalLong;

/**
 * One thing that is wrong with a log.
 *
 * @param entry which entry, from 0, where it is one
 * @param what is wrong, for people; one line
 */
public record Finding(OptionalLong entry, String what) {
    static Finding of(String what) {
        return new Finding(OptionalLong.empty(), what);
    }

    static Finding at(long entry, String what) {
        return new Finding(OptionalLong.of(entry), what);
    }

    /** The line. */
    @Override
    public String toString() {
        return entry.isPresent() ? "entry " + entry.getAsLong() + ": " + what : what;
    }
}
