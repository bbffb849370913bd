package dev.hutong.hub.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** For how long one key of pseudonyms is used. A period is named by its beginning, in UTC. */
public enum PseudonymPeriod {
    /** A calendar month, such as {@code 2026-11}. */
    MONTH,
    /** A day, such as {@code 2026-11-24}. */
    DAY;

    /** The period that an instant falls into. */
    String of(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return this == MONTH ? YearMonth.from(day).toString() : day.toString();
    }

    /**
     * When a period, of whichever length its name says, is over.
     *
     * @throws DateTimeException if it is no name of a period
     */
    public static Instant endOf(String name) {
        LocalDate next = name.length() > "2026-11".length()
                ? LocalDate.parse(name).plusDays(1)
                : YearMonth.parse(name).plusMonths(1).atDay(1);
        return next.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Whether this names a period. */
    public static boolean isName(String name) {
        try {
            return endOf(name).isAfter(Instant.EPOCH);
        } catch (DateTimeException noPeriod) {
            return false;
        }
    }
}
