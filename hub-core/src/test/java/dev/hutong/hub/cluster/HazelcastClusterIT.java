package dev.hutong.hub.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.hutong.hub.clients.AssertionReplay;
import dev.hutong.hub.config.ClusterConfig;
import dev.hutong.hub.config.ClusterConfig.Node;
import dev.hutong.hub.load.Quota;
import dev.hutong.hub.load.Quotas;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.TreeHash;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hubs' ends of a cluster, each reached by the other over a line that carries, cuts, swallows and remembers. */
class HazelcastClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Checkpoint SEVEN = head(7);

    private final String name = "hutong-" + UUID.randomUUID();
    private final PrivateJwk logKey = PrivateJwk.generate(SignatureAlgorithm.EDDSA, new SecureRandom());
    private End endA;
    private End endB;

    /** What a hub has of its cluster. */
    private static final class End {
        final Vertx vertx = Vertx.vertx();
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        final Semaphore looks = new Semaphore(0);
        final int port;
        final Line line;
        Cluster cluster = Cluster.ALONE;
        AssertionReplay replay = new RememberedUses();
        Quotas quotas = new CountedQuotas();

        End() throws IOException {
            port = Line.freePort();
            line = Line.to(port);
        }

        void join(String name, PrivateJwk logKey, End other) {
            ClusterConfig config = new ClusterConfig(
                    Optional.of(name),
                    new Node("127.0.0.1", port),
                    Optional.of(new Node("127.0.0.1", line.port())),
                    List.of(new Node("127.0.0.1", other.line.port())));
            cluster = Cluster.join(vertx, config, logKey, InstantSource.system());
            cluster.bindTo(meters);
            cluster.follow(() -> head(5), looks::release);
            replay = cluster.sharing(new RememberedUses());
            quotas = cluster.sharing(new CountedQuotas());
        }

        int members() {
            return (int) meters.get("hutong.cluster.members").gauge().value();
        }

        double unshared() {
            return meters.get("hutong.cluster.assertions.unshared")
                    .functionCounter()
                    .count();
        }

        boolean isFirstUse(String digest) {
            return replay.firstUse(digest, Instant.now().plus(Duration.ofMinutes(10)))
                    .await();
        }

        void close() throws IOException {
            vertx.close().await();
            line.close();
        }
    }

    private static Checkpoint head(long size) {
        return new Checkpoint(size, TreeHash.ofLeaf(new byte[] {(byte) size}));
    }

    /** Asked over and over. */
    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @BeforeEach
    void start() throws IOException {
        endA = new End();
        endB = new End();
        endA.join(name, logKey, endB);
        endB.join(name, logKey, endA);
        awaitMembers(2);
        await(
                "everything is kept twice",
                () -> everywhere(one -> one.getPartitionService().isClusterSafe()));
        awaitAnswers();
    }

    private boolean everywhere(Predicate<HazelcastInstance> condition) {
        return Hazelcast.getAllHazelcastInstances().stream()
                .filter(one -> one.getConfig().getClusterName().equals(name))
                .allMatch(condition);
    }

    /**
     * A cluster that has come apart or together counts its members a moment before what they hold is in its place, and for another moment it is
     * too busy to answer in time.
     */
    private void awaitKnown(String digest) {
        byte[] key = new Pseudonyms(logKey).of("assertion", digest);
        await(
                "both know of it",
                () -> everywhere(one -> one.getMap(HazelcastSettings.ASSERTIONS).containsKey(key)));
        awaitAnswers();
    }

    private void awaitAnswers() {
        await("A has its answers", () -> isAnswered(endA));
        await("B has its answers", () -> isAnswered(endB));
    }

    private static boolean isAnswered(End end) {
        double before = end.unshared();
        return end.isFirstUse(UUID.randomUUID().toString()) && end.unshared() == before;
    }

    @AfterEach
    void stop() throws IOException {
        endB.close();
        endA.close();
    }

    private void awaitMembers(int count) {
        await(count + " members", () -> endA.members() == count && endB.members() == count);
    }

    private static boolean looks(End end) throws InterruptedException {
        return end.looks.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void whoHearsOfALongerLogLooksAndWhoKnowsItDoesNot() throws InterruptedException {
        endA.looks.drainPermits();
        endB.looks.drainPermits();

        endA.cluster.announce(head(4));
        endA.cluster.announce(head(5));
        endA.cluster.announce(SEVEN);

        assertThat(looks(endB)).isTrue();
        assertThat(endB.looks.availablePermits()).isZero();
        assertThat(endA.looks.availablePermits()).as("its own").isZero();
    }

    @Test
    void anAssertionThatWasUsedAtOneIsRefusedAtBoth() {
        double unshared = endA.unshared() + endB.unshared();
        assertThat(endA.isFirstUse("one")).isTrue();
        assertThat(endB.isFirstUse("one")).isFalse();
        assertThat(endA.isFirstUse("one")).isFalse();
        assertThat(endB.isFirstUse("other")).isTrue();
        assertThat(endA.isFirstUse("other")).isFalse();
        assertThat(endA.unshared() + endB.unshared()).isEqualTo(unshared);
    }

    @Test
    void aQuotaIsTakenFromOnceAndNotOnceAtEachHub() {
        Quota ten = new Quota(10, Duration.ofSeconds(1), 10);
        assertThat(endA.quotas.take("gate", ten, 6).granted()).isTrue();

        await("B has heard", () -> !endB.quotas.take("gate", ten, 5).granted());
    }

    @Test
    void whileTheOtherHangsEachGoesByWhatItKnowsAndAfterwardsBothKnowBoth() throws InterruptedException {
        assertThat(endA.isFirstUse("before")).isTrue();
        endA.line.swallow();
        endB.line.swallow();

        for (int number = 0; number < 10; number++) {
            long began = System.nanoTime();
            assertThat(endA.isFirstUse("a" + number)).isTrue();
            assertThat(endB.isFirstUse("b" + number)).isTrue();
            assertThat(endA.isFirstUse("a" + number)).as("its own").isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(endA.unshared() + endB.unshared()).isPositive();
        awaitMembers(1);
        awaitKnown("before");
        assertThat(endB.isFirstUse("before")).as("kept twice").isFalse();
        assertThat(endA.isFirstUse("apart, at A")).isTrue();
        assertThat(endB.isFirstUse("apart, at B")).isTrue();

        endA.looks.drainPermits();
        endB.looks.drainPermits();
        endA.line.mend();
        endB.line.mend();
        awaitMembers(2);
        assertThat(looks(endA)).isTrue();
        assertThat(looks(endB)).isTrue();
        awaitKnown("apart, at A");
        awaitKnown("apart, at B");
        endA.looks.drainPermits();
        endB.looks.drainPermits();
        assertThat(endB.isFirstUse("apart, at A")).isFalse();
        assertThat(endA.isFirstUse("apart, at B")).isFalse();
        await("announcements are heard again", () -> {
            endA.cluster.announce(SEVEN);
            return endB.looks.tryAcquire();
        });
    }

    @Test
    void aHubWhoseOtherIsCutOffOrGoneGoesOnAndTheyComeTogetherAgain() throws IOException {
        endA.line.cut();
        endB.line.cut();
        awaitMembers(1);
        endA.cluster.announce(SEVEN);
        assertThat(endA.isFirstUse("cut")).isTrue();
        endA.line.mend();
        endB.line.mend();
        awaitMembers(2);
        awaitKnown("cut");
        assertThat(endB.isFirstUse("cut")).isFalse();

        endB.close();
        await("B is gone", () -> endA.members() == 1);
        assertThat(endA.isFirstUse("cut")).isFalse();
        assertThat(endA.isFirstUse("gone")).isTrue();
    }

    @Test
    void whatCrossesTheWireNamesNobody() {
        Quota ten = new Quota(10, Duration.ofSeconds(1), 10);
        endA.quotas.take("gate-of-zhang-san", ten, 1);
        endB.quotas.take("gate-of-zhang-san", ten, 1);
        for (int number = 0; number < 20; number++) {
            assertThat(endA.isFirstUse("jti-of-zhang-san-" + number)).isTrue();
            assertThat(endB.isFirstUse("jti-of-zhang-san-" + number)).isFalse();
        }
        endA.cluster.announce(SEVEN);
        endB.cluster.announce(SEVEN);
        await(
                "the announcement has crossed",
                () -> carried().contains(new String(SEVEN.root().octets(), StandardCharsets.ISO_8859_1)));

        assertThat(carried()).contains(name).doesNotContain("zhang", "jti-of", "gate");
    }

    private String carried() {
        return new String(endA.line.carried(), StandardCharsets.ISO_8859_1)
                + new String(endB.line.carried(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void thePortTakesMembersOnlyAndNoHttp() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endA.port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET /hazelcast/rest/cluster HTTP/1.1\r\nHost: a\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP/1.1 200", name);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    /** Somebody who reached the port could send any object; it is not even looked at. */
    @Test
    void anObjectThatIsNoOctetsIsNotReadAndHarmsNobody() throws InterruptedException, IOException {
        Config config = new Config();
        config.setClusterName(name);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.partition.count", "31");
        config.getNetworkConfig().setPort(Line.freePort());
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig()
                .getJoin()
                .getTcpIpConfig()
                .setEnabled(true)
                .addMember("127.0.0.1:" + endA.line.port());
        HazelcastInstance stranger = Hazelcast.newHazelcastInstance(config);
        try {
            awaitMembers(3);
            endA.looks.drainPermits();
            Trap.sprung.set(false);

            stranger.getTopic(HazelcastSettings.HEADS).publish(new Trap());
            stranger.getTopic(HazelcastSettings.TAKEN).publish("no octets");
            stranger.getTopic(HazelcastSettings.HEADS).publish(HeadMessage.write(SEVEN));

            assertThat(looks(endA)).isTrue();
            assertThat(Trap.sprung).isFalse();
        } finally {
            stranger.shutdown();
        }
    }

    @Test
    void aPortInUseIsToldInOneLine() throws IOException {
        Vertx vertx = Vertx.vertx();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ClusterConfig config = new ClusterConfig(
                    Optional.of(name),
                    new Node("127.0.0.1", taken.getLocalPort()),
                    Optional.empty(),
                    List.of(new Node("127.0.0.1", 1)));

            assertThatThrownBy(() -> Cluster.join(vertx, config, logKey, InstantSource.system()))
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessageContainingAll("cluster.bind", String.valueOf(taken.getLocalPort()), "give another");
        } finally {
            vertx.close().await();
        }
    }
}
