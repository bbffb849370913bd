package dev.hutong.hub.ledger;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Ids as points in time: a ULID begins with its millisecond, and texts of ULIDs are in the order of that. */
final class Ulids {
    private Ulids() {}

    /** A new id of this instant. */
    static String next(Instant at) {
        return UlidCreator.getUlid(at.toEpochMilli()).toString();
    }

    static boolean isId(String text) {
        return Ulid.isValid(text) && text.equals(text.toUpperCase(Locale.ROOT));
    }

    /** The smallest id of an instant; that of the epoch where it lies before. */
    static String smallestAt(Instant at) {
        return new Ulid(Math.max(0, at.toEpochMilli()) << 16, 0).toString();
    }

    /** The smallest id of the time so long before this one's. */
    static String before(String id, Duration by) {
        return smallestAt(Ulid.from(id).getInstant().minus(by));
    }

    /** Its millisecond since the epoch: the first ten of its 26 characters, five bits each, in Crockford's base 32. */
    static long millisOf(String id) {
        return Ulid.getTime(id);
    }
}
