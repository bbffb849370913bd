package dev.hutong.hub.ledger;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Destroys the keys of pseudonyms when their time is over, and has every destruction written down, also one by hand. */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final PeriodKeys keys;
    private final Pseudonyms pseudonyms;
    private final Period retention;
    private final InstantSource clock;
    private final Function<LedgerRecord, Future<Void>> ledger;

    Retention(
            PeriodKeys keys,
            Pseudonyms pseudonyms,
            Period retention,
            InstantSource clock,
            Function<LedgerRecord, Future<Void>> ledger) {
        this.keys = keys;
        this.pseudonyms = pseudonyms;
        this.retention = retention;
        this.clock = clock;
        this.ledger = ledger;
    }

    /** Looks what is over. Survives every failure: the next look tries again. */
    void look() {
        try {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            for (String period : keys.periods()) {
                if (isOver(period, now)) {
                    keys.destroy(period, now, "retention " + retention);
                    LOG.info("The pseudonyms of {} are forgotten", period);
                }
            }
            keys.unrecorded().forEach(destroyed -> write(destroyed, now));
        } catch (IOException | RuntimeException failure) {
            LOG.error("The keys of the ledger's pseudonyms cannot be looked after", failure);
        }
    }

    private boolean isOver(String period, Instant now) {
        return !PseudonymPeriod.endOf(period)
                .atZone(ZoneOffset.UTC)
                .plus(retention)
                .toInstant()
                .isAfter(now);
    }

    private void write(PeriodKeys.Destroyed destroyed, Instant now) {
        pseudonyms.forget(destroyed.period());
        ledger.apply(new LedgerRecord.Forgotten(
                        Ulids.next(now),
                        now,
                        destroyed.period(),
                        destroyed.at(),
                        destroyed.fingerprint(),
                        destroyed.by()))
                .onSuccess(written -> note(destroyed.period()));
    }

    private void note(String period) {
        try {
            keys.recorded(period);
        } catch (IOException failure) {
            LOG.error(
                    "The note of the destroyed key of {} cannot be moved; it is written down once more",
                    period,
                    failure);
        }
    }
}
