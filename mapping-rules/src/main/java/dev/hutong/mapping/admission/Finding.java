package dev.hutong.mapping.admission;

import java.util.Comparator;
import java.util.Locale;

/**
 * Something that a rule author should look at.
 *
 * @param check what was looked at
 * @param severity whether the package is admitted all the same
 * @param file the file's name
 * @param line where in it, from 1
 * @param message what was found
 * @param remedy what to do
 */
public record Finding(Check check, Severity severity, String file, int line, String message, String remedy) {
    static final Comparator<Finding> BY_PLACE = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::check)
            .thenComparing(Finding::file)
            .thenComparingInt(Finding::line);

    /** Whether the package is admitted all the same. */
    public enum Severity {
        /** It is not. */
        ERROR,
        /** It is. */
        WARN;

        /** As it stands in reports. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
