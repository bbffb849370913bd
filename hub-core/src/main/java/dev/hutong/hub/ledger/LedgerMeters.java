package dev.hutong.hub.ledger;

import dev.hutong.hub.ledger.LedgerStanding.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.Supplier;

/** What a running hub measures of its ledger. */
public final class LedgerMeters implements MeterBinder {
    private final Supplier<LedgerStanding> standing;

    public LedgerMeters(Supplier<LedgerStanding> standing) {
        this.standing = standing;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        FunctionCounter.builder(
                        "hutong.ledger.records", standing, one -> one.get().records())
                .description("Records kept since the hub started")
                .register(meters);
        Gauge.builder("hutong.ledger.blocks", standing, one -> one.get().blocks())
                .description("Blocks of this hub's chain")
                .register(meters);
        Gauge.builder("hutong.ledger.queue", standing, one -> one.get().queued())
                .description("Records that wait to be kept")
                .register(meters);
        Gauge.builder("hutong.ledger.lag", standing, one -> one.get().lag().toNanos() / 1e9)
                .description("For how long the oldest of them has waited")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("hutong.ledger.spooled", standing, one -> one.get().spooled())
                .description("Blocks that wait in the journal for the store")
                .register(meters);
        for (State state : State.values()) {
            Gauge.builder("hutong.ledger.state", standing, one -> one.get().state() == state ? 1 : 0)
                    .description("Where decisions are kept: 1 for the state that holds")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }
}
