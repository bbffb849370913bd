package dev.hutong.hub.cluster;

import dev.hutong.hub.clients.AssertionReplay;
import dev.hutong.hub.load.Quotas;
import dev.hutong.registry.merkle.Checkpoint;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Nobody is there to be told anything. */
final class AloneCluster implements Cluster {
    @Override
    public void announce(Checkpoint head) {}

    @Override
    public void follow(Supplier<Checkpoint> known, Runnable look) {}

    @Override
    public AssertionReplay sharing(AssertionReplay local) {
        return local;
    }

    @Override
    public Quotas sharing(Quotas local) {
        return local;
    }

    @Override
    public void bindTo(MeterRegistry meters) {}
}
