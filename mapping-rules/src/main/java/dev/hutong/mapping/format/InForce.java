package dev.hutong.mapping.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a version of a format package judges: it is the decision's time that counts, not the time of the statement, so that an emergency
 * tightening reaches statements already made.
 *
 * @param from the first instant
 * @param to the first instant at which it judges no more; empty where it goes on until a later version does
 */
public record InForce(Instant from, Optional<Instant> to) {
    public InForce {
        if (to.isPresent() && !to.get().isAfter(from)) {
            throw new InvalidPackageException("validTo: must be later than validFrom, " + from);
        }
    }

    static InForce of(@Nullable String validFrom, @Nullable String validTo) {
        return new InForce(
                validFrom == null ? Instant.EPOCH : instant("validFrom", validFrom),
                Optional.ofNullable(validTo).map(text -> instant("validTo", text)));
    }

    private static Instant instant(String where, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException notATime) {
            throw new InvalidPackageException(
                    where + ": a time in UTC in quotation marks, such as \"2021-05-27T16:00:00Z\"; not «" + text + "»");
        }
    }

    /** Whether it judges at this instant. */
    public boolean covers(Instant now) {
        return !now.isBefore(from) && (to.isEmpty() || now.isBefore(to.get()));
    }
}
