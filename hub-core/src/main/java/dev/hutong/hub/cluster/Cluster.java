package dev.hutong.hub.cluster;

import dev.hutong.hub.clients.AssertionReplay;
import dev.hutong.hub.config.ClusterConfig;
import dev.hutong.hub.load.Quotas;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.merkle.Checkpoint;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The hubs that share a registry, seen from one of them. Nothing here waits, on any thread, and nothing fails when the others are away. */
public interface Cluster extends MeterBinder {
    /** Of a hub without others. */
    Cluster ALONE = new AloneCluster();

    /**
     * Comes together with the others, now or as soon as they are there; leaves them when Vert.x is closed. Not to be called on an event loop.
     *
     * @param logKey the one secret that the hubs of a registry share
     * @throws ClusterStartException where this hub cannot listen for others
     */
    static Cluster join(Vertx vertx, ClusterConfig config, PrivateJwk logKey, InstantSource clock) {
        return config.name().isEmpty() ? ALONE : HazelcastCluster.start(vertx, config, new Pseudonyms(logKey), clock);
    }

    /** Tells the others that the log has grown to this. Whoever does not hear it finds out by looking. */
    void announce(Checkpoint head);

    /**
     * Says when it is time to look at the log: when another announces what is not known here, and when hubs come together.
     *
     * @param known what is known here
     * @param look begins to look and returns at once; called by threads of the cluster's
     */
    void follow(Supplier<Checkpoint> known, Runnable look);

    /** What knows of assertions that were used at any of the hubs; of those used at this one where the others cannot be asked. */
    AssertionReplay sharing(AssertionReplay local);

    /** Quotas that what was taken at the others counts against, a moment later. */
    Quotas sharing(Quotas local);
}
