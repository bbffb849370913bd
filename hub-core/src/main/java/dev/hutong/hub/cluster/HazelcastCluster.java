package dev.hutong.hub.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.Message;
import dev.hutong.hub.clients.AssertionReplay;
import dev.hutong.hub.config.ClusterConfig;
import dev.hutong.hub.load.Quotas;
import dev.hutong.registry.merkle.Checkpoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster of hubs as Hazelcast keeps it. It comes up on a thread of its own, since a member that hangs can hold that up for seconds: until
 * then, and whenever the others are away, this hub does as if it stood alone.
 */
final class HazelcastCluster extends VerticleBase implements Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastCluster.class);

    /** For how long a quota may be taken from twice. */
    private static final Duration BETWEEN_TELLINGS = Duration.ofMillis(250);

    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(2);

    private final ClusterConfig config;
    private final Pseudonyms pseudonyms;
    private final InstantSource clock;
    private final List<SharedReplay> replays = new CopyOnWriteArrayList<>();
    private final List<SharedQuotas> quotas = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Supplier<Checkpoint> known;
    private volatile Runnable look = () -> {};
    private volatile @Nullable HazelcastInstance node;

    private HazelcastCluster(ClusterConfig config, Pseudonyms pseudonyms, InstantSource clock) {
        this.config = config;
        this.pseudonyms = pseudonyms;
        this.clock = clock;
    }

    static Cluster start(Vertx vertx, ClusterConfig config, Pseudonyms pseudonyms, InstantSource clock) {
        requireFree(config.bind());
        HazelcastCluster cluster = new HazelcastCluster(config, pseudonyms, clock);
        vertx.deployVerticle(cluster).await();
        return cluster;
    }

    /** So that the one mistake that is often made stops the start, and is told in one line. */
    private static void requireFree(ClusterConfig.Node bind) {
        try (ServerSocket probe = new ServerSocket(bind.port(), 1, InetAddress.getByName(bind.host()))) {
            LOG.debug("{} is free", probe);
        } catch (IOException e) {
            throw new ClusterStartException("cluster.bind: " + bind + " cannot be listened on (" + e.getMessage()
                    + "). Stop what uses it, or give another.");
        }
    }

    @Override
    public Future<?> start() {
        Thread.ofPlatform().name("hutong-cluster").daemon().start(this::joinOthers);
        vertx.setPeriodic(BETWEEN_TELLINGS.toMillis(), timer -> tellQuotas());
        return Future.succeededFuture();
    }

    /** Again and again, until it is up: where a member hangs, Hazelcast gives up coming up at all. */
    private void joinOthers() {
        try {
            do {
                try {
                    attach(Hazelcast.newHazelcastInstance(HazelcastSettings.of(config)));
                    return;
                } catch (UnknownHostException | RuntimeException e) {
                    LOG.warn(
                            "The cluster {} cannot be joined; trying again",
                            config.name().orElseThrow(),
                            e);
                }
            } while (!ended.await(BETWEEN_STARTS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attach(HazelcastInstance joined) {
        this.<byte[]>topic(joined, HazelcastSettings.HEADS)
                .addMessageListener(message -> hear(message, this::heardHead));
        this.<byte[]>topic(joined, HazelcastSettings.TAKEN)
                .addMessageListener(message -> hear(message, taken -> quotas.forEach(one -> one.hear(taken))));
        joined.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberAdded(MembershipEvent event) {
                tellMembers("joined", event);
                look.run(); // what it appended while it was away was not announced here
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                tellMembers("is gone", event);
            }
        });
        joined.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                LOG.info("The halves of the cluster are together again");
                look.run();
            }
        });
        node = joined;
        LOG.info(
                "The cluster {} has {} hubs, this one at {}",
                config.name().orElseThrow(),
                joined.getCluster().getMembers().size(),
                config.address().orElse(config.bind()));
        look.run();
        if (ended.getCount() == 0) {
            joined.shutdown();
        }
    }

    private static void tellMembers(String what, MembershipEvent event) {
        LOG.info(
                "The hub at {} {}; the cluster has {} hubs",
                event.getMember().getAddress(),
                what,
                event.getMembers().size());
    }

    private <T> ITopic<T> topic(HazelcastInstance joined, String name) {
        return joined.getTopic(name);
    }

    private static void hear(Message<byte[]> message, Consumer<byte[]> listener) {
        Member from = message.getPublishingMember();
        if (from != null && from.localMember()) {
            return;
        }
        try {
            listener.accept(message.getMessageObject());
        } catch (HazelcastSerializationException | ClassCastException e) {
            LOG.warn("A member of the cluster says what no hub says: {}", e.toString());
        }
    }

    private void heardHead(byte[] message) {
        Optional<Checkpoint> head = HeadMessage.read(message);
        Supplier<Checkpoint> log = known;
        if (head.isEmpty() || log == null) {
            return;
        }
        Checkpoint here = log.get();
        if (head.get().size() > here.size()) {
            look.run();
        } else if (head.get().size() == here.size() && !head.get().root().equals(here.root())) {
            LOG.error(
                    "Another hub of the cluster has another log of {} entries: it does not have the same registry.store",
                    here.size());
        }
    }

    @Override
    public void announce(Checkpoint head) {
        publish(HazelcastSettings.HEADS, HeadMessage.write(head));
    }

    @Override
    public void follow(Supplier<Checkpoint> known, Runnable look) {
        this.known = known;
        this.look = look;
    }

    @Override
    public AssertionReplay sharing(AssertionReplay local) {
        SharedReplay replay = new SharedReplay(local, this::assertions, pseudonyms, vertx, clock);
        replays.add(replay);
        return replay;
    }

    @Override
    public Quotas sharing(Quotas local) {
        SharedQuotas shared = new SharedQuotas(local, pseudonyms);
        quotas.add(shared);
        return shared;
    }

    private Optional<IMap<byte[], byte[]>> assertions() {
        return Optional.ofNullable(node).map(joined -> joined.getMap(HazelcastSettings.ASSERTIONS));
    }

    private void tellQuotas() {
        quotas.forEach(one -> one.tell().forEach(taken -> publish(HazelcastSettings.TAKEN, taken)));
    }

    /** Not waited for, and not repeated: what is lost is found out otherwise. */
    private void publish(String topic, byte[] message) {
        HazelcastInstance joined = node;
        if (joined == null) {
            return;
        }
        try {
            this.<byte[]>topic(joined, topic).publishAsync(message);
        } catch (RuntimeException e) { // it is shutting down, or coming together again
            LOG.debug("Not published to {}", topic, e);
        }
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("hutong.cluster.members", this, HazelcastCluster::members)
                .description("Hubs of the cluster that this one sees, itself included; 0 until it is up")
                .register(meters);
        FunctionCounter.builder("hutong.cluster.assertions.unshared", replays, HazelcastCluster::unshared)
                .description("Client assertions taken that the other hubs could not be asked about")
                .register(meters);
    }

    private static double members(HazelcastCluster cluster) {
        HazelcastInstance joined = cluster.node;
        return joined == null || !joined.getLifecycleService().isRunning()
                ? 0
                : joined.getCluster().getMembers().size();
    }

    private static double unshared(List<SharedReplay> replays) {
        return replays.stream().mapToLong(SharedReplay::unshared).sum();
    }

    /** Leaves, so that the others need not find out. */
    @Override
    public Future<?> stop() {
        ended.countDown();
        HazelcastInstance joined = node;
        return joined == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    joined.shutdown();
                    return true;
                });
    }
}
