package dev.hutong.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What something is, and what it was before: newest first, sharing its past with every earlier history.
 *
 * @param state what it is since then
 * @param since when it became so, by the registry's time
 * @param entry the log's entry that made it so, from 0
 * @param grounds the earlier entries that this one rests on, oldest first; none where one entry said it all, or where only a snapshot is known
 * @param earlier what it was before; null where this is the first
 */
public record History<S>(
        S state,
        Instant since,
        long entry,
        List<Long> grounds,
        @Nullable History<S> earlier) {
    public History {
        grounds = List.copyOf(grounds);
    }

    /** One without grounds. */
    public History(S state, Instant since, long entry, @Nullable History<S> earlier) {
        this(state, since, entry, List.of(), earlier);
    }

    /** A history that begins with this change. */
    static <S> History<S> begin(S state, Change change) {
        return new History<>(state, change.at(), change.entry(), change.grounds(), null);
    }

    /** This history with a change on top. */
    History<S> then(S next, Change change) {
        return new History<>(next, change.at(), change.entry(), change.grounds(), this);
    }

    /** Every entry that it takes to see why it is so, oldest first: the grounds, and the entry that made it so. */
    public LongStream entries() {
        return LongStream.concat(grounds.stream().mapToLong(Long::longValue), LongStream.of(entry));
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
