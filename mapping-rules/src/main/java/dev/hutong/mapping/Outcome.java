package dev.hutong.mapping;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a step on the way of a code came to: a value, or the reason why there is none. Expected refusals are values;
 * exceptions are for bugs and broken machines.
 *
 * @param <T> what the step yields
 */
public sealed interface Outcome<T> {

    /** The step yielded {@code value}. */
    record Passed<T>(T value) implements Outcome<T> {}

    /**
     * The step refused, and the answer is UNKNOWN.
     *
     * @param reason the reason told to the verifier
     * @param why what was found, for the trace; never holds anything of the holder's
     * @param signedBy whose signature had been verified by then, or null where none had
     */
    record Refused<T>(Reason reason, String why, @Nullable IssuerName signedBy) implements Outcome<T> {

        /** This refusal under another type, for a step that never came to run. */
        public <U> Outcome<U> carry() {
            return new Refused<>(reason, why, signedBy);
        }

        /** This refusal, known to concern what {@code issuer} has signed. */
        public Refused<T> signedBy(IssuerName issuer) {
            return new Refused<>(reason, why, issuer);
        }
    }

    static <T> Outcome<T> passed(T value) {
        return new Passed<>(value);
    }

    static <T> Outcome<T> refused(Reason reason, String why) {
        return new Refused<>(reason, why, null);
    }

    /** The next step on this one's value; a refusal goes through unchanged. */
    default <U> Outcome<U> then(Function<? super T, Outcome<U>> next) {
        return switch (this) {
            case Passed<T>(T value) -> next.apply(value);
            case Refused<T> refused -> refused.carry();
        };
    }
}
