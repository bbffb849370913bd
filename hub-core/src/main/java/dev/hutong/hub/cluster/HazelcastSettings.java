package dev.hutong.hub.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.instance.ProtocolType;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;
import dev.hutong.hub.config.ClusterConfig;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * How Hazelcast runs within a hub: it speaks with the named members and nobody else, calls nobody outside, listens for no client, runs no
 * jobs, reads no objects but its own, and is quick to notice that a member is gone.
 */
final class HazelcastSettings {
    /** The map of used assertions. */
    static final String ASSERTIONS = "hutong-assertions";

    /** The topic of the log's heads. */
    static final String HEADS = "hutong-heads";

    /** The topic of what was taken out of quotas. */
    static final String TAKEN = "hutong-taken";

    /** Some 300 octets each with its backup: 60 MB at the most, for 330 tokens a second that live ten minutes. */
    private static final int MOST_ASSERTIONS = 200_000;

    /** Anything but small, fixed numbers of threads is meant for machines that do nothing else. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.logging.type", "slf4j"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"),
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.partition.count", "31"),
            Map.entry("hazelcast.operation.thread.count", "2"),
            Map.entry("hazelcast.operation.generic.thread.count", "2"),
            Map.entry("hazelcast.io.thread.count", "1"),
            Map.entry("hazelcast.event.thread.count", "1"),
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.max.wait.seconds.before.join", "2"),
            Map.entry("hazelcast.max.join.seconds", "10"),
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "5"),
            Map.entry("hazelcast.operation.call.timeout.millis", "2000"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "5"));

    private HazelcastSettings() {}

    /** @throws UnknownHostException if a name does not lead to an address */
    static Config of(ClusterConfig cluster) throws UnknownHostException {
        Config config = new Config();
        config.setClusterName(cluster.name().orElseThrow());
        PROPERTIES.forEach(config::setProperty);
        InetAddress bind = InetAddress.getByName(cluster.bind().host());
        config.setProperty("hazelcast.prefer.ipv4.stack", Boolean.toString(bind instanceof Inet4Address));
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getSerializationConfig().setJavaSerializationFilterConfig(onlyItsOwn());
        config.addMapConfig(assertions());
        reach(config.getAdvancedNetworkConfig(), cluster, bind);
        return config;
    }

    /** With this kind of network the port takes members only: neither Hazelcast's clients nor REST nor memcached. */
    private static void reach(AdvancedNetworkConfig network, ClusterConfig cluster, InetAddress bind) {
        ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig();
        endpoint.setProtocolType(ProtocolType.MEMBER);
        endpoint.setPort(cluster.bind().port())
                .setPortAutoIncrement(false)
                .setPublicAddress(cluster.address().orElse(cluster.bind()).toString())
                .getInterfaces()
                .setEnabled(true)
                .addInterface(bind.getHostAddress());
        network.setEnabled(true).setMemberEndpointConfig(endpoint);
        JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        TcpIpConfig members = join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(1);
        cluster.members().forEach(member -> members.addMember(member.toString()));
    }

    /** Members answer each other with exceptions, Java objects; all that hubs say are octets. */
    private static JavaSerializationFilterConfig onlyItsOwn() {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        filter.getWhitelist()
                .addPrefixes("com.hazelcast.", "java.lang.", "[Ljava.lang.")
                .addClasses(
                        "java.io.EOFException",
                        "java.io.IOException",
                        "java.util.Collections$EmptyList",
                        "java.util.concurrent.CancellationException",
                        "java.util.concurrent.ExecutionException",
                        "java.util.concurrent.TimeoutException");
        return filter;
    }

    private static MapConfig assertions() {
        MapConfig map = new MapConfig(ASSERTIONS)
                .setBackupCount(1)
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setStatisticsEnabled(false)
                .setEvictionConfig(new EvictionConfig()
                        .setMaxSizePolicy(MaxSizePolicy.PER_NODE)
                        .setSize(MOST_ASSERTIONS)
                        .setEvictionPolicy(EvictionPolicy.LRU));
        // Two halves of a cluster that come together: what was used in either was used.
        map.getMergePolicyConfig().setPolicy(PutIfAbsentMergePolicy.class.getName());
        return map;
    }
}
