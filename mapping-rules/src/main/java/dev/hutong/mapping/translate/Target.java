package dev.hutong.mapping.translate;

import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.Writing;
import java.util.Optional;

/**
 * What is translated into.
 *
 * @param format a format that has a way of writing
 * @param writing that way
 * @param vocabulary which of its vocabularies; empty where it has only one
 */
public record Target(FormatPackage format, Writing writing, Optional<Long> vocabulary) {
    /** The newest vocabulary of a format; empty where nothing is ever written in it. */
    public static Optional<Target> newestOf(FormatPackage format) {
        return format.writing()
                .map(writing -> new Target(
                        format, writing, writing.vocabularies().stream().findFirst()));
    }

    /** The same format in this vocabulary; empty where it has none such. */
    public Optional<Target> in(long vocabulary) {
        return writing.vocabularies().contains(vocabulary)
                ? Optional.of(new Target(format, writing, Optional.of(vocabulary)))
                : Optional.empty();
    }

    /** As it is called in losses. */
    String name() {
        return format.versioned()
                + vocabulary.map(number -> " in vocabulary " + number).orElse("");
    }
}
