package dev.hutong.registry.tlog;

import java.util.Optional;
import java.util.function.Function;

/** What a foreign text turned out to be: a value, or nothing, for one reason. */
public sealed interface Parsed<T> {
    /** The text is well-formed; whether what it says is true is another question. */
    record Valid<T>(T value) implements Parsed<T> {}

    /**
     * The text is not well-formed.
     *
     * @param reason what is wrong with it, for people
     */
    record Malformed<T>(String reason) implements Parsed<T> {}

    static <T> Parsed<T> valid(T value) {
        return new Valid<>(value);
    }

    static <T> Parsed<T> malformed(String reason) {
        return new Malformed<>(reason);
    }

    /** The value, where there is one. */
    default Optional<T> asOptional() {
        return this instanceof Valid<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /** The reason why there is no value, where there is none. */
    default Optional<String> fault() {
        return this instanceof Malformed<T>(String reason) ? Optional.of(reason) : Optional.empty();
    }

    /** What the next step makes of the value; a malformed text stays what it is. */
    default <R> Parsed<R> then(Function<T, Parsed<R>> next) {
        return switch (this) {
            case Valid<T>(T value) -> next.apply(value);
            case Malformed<T>(String reason) -> malformed(reason);
        };
    }
}
