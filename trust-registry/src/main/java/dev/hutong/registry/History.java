package dev.hutong.registry;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What something is, and what it was before: newest first, sharing its past with every earlier history.
 *
 * @param state what it is since then
 * @param since when it became so, by the registry's time
 * @param entry the log's entry that made it so, from 0
 * @param earlier what it was before; null where this is the first
 */
public record History<S>(
        S state, Instant since, long entry, @Nullable History<S> earlier) {
    /** A history that begins here. */
    static <S> History<S> begin(S state, Instant since, long entry) {
        return new History<>(state, since, entry, null);
    }

    /** This history with a change on top. */
    History<S> then(S next, Instant at, long byEntry) {
        return new History<>(next, at, byEntry, this);
    }

    /** This history as it stood at an instant, changes at that very instant included; empty where it had not begun. */
    Optional<History<S>> asOf(Instant instant) {
        History<S> history = this;
        while (history != null && history.since.isAfter(instant)) {
            history = history.earlier;
        }
        return Optional.ofNullable(history);
    }

    /** When it began. */
    public Instant began() {
        History<S> first = this;
        for (History<S> before = first.earlier; before != null; before = first.earlier) {
            first = before;
        }
        return first.since;
    }
}
