package dev.hutong.hub.load;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** What is measured of the load, over all event loops. */
public final class LoadMeters implements MeterBinder {
    private final List<LoopGate> loops;

    /** @param loops may grow later on */
    public LoadMeters(List<LoopGate> loops) {
        this.loops = loops;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("hutong.load.waiting", () -> total(LoadCounts::waiting))
                .description("Requests that wait for their turn")
                .register(meters);
        Gauge.builder("hutong.load.in.flight", () -> total(LoadCounts::inFlight))
                .description("Requests under way, those included that wait for a platform or for the ledger")
                .register(meters);
        FunctionCounter.builder("hutong.load.started", this, all -> all.sum(LoadCounts::started))
                .description("Requests that were begun")
                .register(meters);
        FunctionCounter.builder("hutong.load.shed", this, all -> all.sum(LoadCounts::refused))
                .description("Requests refused because there was no time for them")
                .register(meters);
    }

    private int total(ToIntFunction<LoadCounts> count) {
        return loops.stream().map(LoopGate::counts).mapToInt(count).sum();
    }

    private double sum(ToLongFunction<LoadCounts> count) {
        return loops.stream().map(LoopGate::counts).mapToLong(count).sum();
    }
}
