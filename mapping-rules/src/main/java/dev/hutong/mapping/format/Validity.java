package dev.hutong.mapping.format;

import dev.hutong.mapping.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A package's {@code validity}: until when a statement is good, and why it is not any more. */
final class Validity {
    private record End(Expressions.Moment until, Reason reason, Expressions.@Nullable Condition unless) {}

    /**
     * Where a statement's validity ends.
     *
     * @param at the earliest of its ends, exclusive
     * @param reached the first in the order of reasons among the ends that are over, or null while none is
     */
    record Ending(Instant at, @Nullable Reason reached) {
        private static final Ending NEVER = new Ending(Instant.MAX, null);

        /** Only the code's own end; never, where it has none. */
        static Ending ofCode(@Nullable Instant codeEnds, long now) {
            return codeEnds == null ? NEVER : NEVER.or(codeEnds, Reason.EXPIRED_CODE, Instant.ofEpochMilli(now));
        }

        private Ending or(Instant end, Reason reason, Instant now) {
            boolean over = !now.isBefore(end);
            if (!over && !end.isBefore(at)) {
                return this;
            }
            return new Ending(end.isBefore(at) ? end : at, over ? first(reason) : reached);
        }

        /** {@code other} or what was reached, whichever comes first in the order of reasons. */
        Reason first(Reason other) {
            return reached == null || other.compareTo(reached) < 0 ? other : reached;
        }
    }

    private final String format;
    private final List<End> ends;

    /**
     * @param codeEnds whether codes have an end of their own, so that every statement has one
     */
    Validity(String format, List<FormatDocument.End> documents, boolean codeEnds, Expressions expressions) {
        if (documents.isEmpty()) {
            throw new InvalidPackageException("statements.validity: names no end");
        }
        if (!codeEnds && documents.stream().allMatch(end -> end.unless() != null)) {
            throw new InvalidPackageException(
                    "statements.validity: one end must be without «unless», for a code that a platform answers for has none of its own");
        }
        this.format = format;
        this.ends = documents.stream()
                .map(end -> new End(
                        expressions.moment("statements.validity", end.until()),
                        end.reason(),
                        end.unless() == null ? null : expressions.condition("statements.validity", end.unless())))
                .toList();
    }

    /**
     * @param codeEnds the code's own end, which is always among them; null where there is none
     */
    Ending of(Facts facts, @Nullable Instant codeEnds) {
        Instant now = Instant.ofEpochMilli(facts.now());
        Ending ending = Ending.ofCode(codeEnds, facts.now());
        for (End end : ends) {
            if (end.unless == null || !end.unless.holds(facts)) {
                ending = ending.or(Instant.ofEpochMilli(end.until.at(facts)), end.reason, now);
            }
        }
        if (ending.at.equals(Instant.MAX)) {
            throw new IllegalStateException(format + ": statements.validity gives a statement no end");
        }
        return ending;
    }
}
