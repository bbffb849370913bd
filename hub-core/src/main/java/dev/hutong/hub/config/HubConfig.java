package dev.hutong.hub.config;

import dev.hutong.registry.PostgresStore;
import dev.hutong.registry.snapshot.Freshness;
import dev.hutong.registry.tlog.NoteKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a hub runs.
 *
 * @param id the hub's name in what it signs ({@code iss})
 * @param data the folder that holds the registry and the hub's key
 * @param rules where the hub's rules come from
 * @param policies a folder of destination policies beside those that travel with the hub
 * @param http where verifiers ask
 * @param management where operators ask
 * @param registry how fresh the registry is kept
 * @param platforms how issuers' platforms are asked
 * @param publicUrl where the hub is known to the world, its name in OpenID Federation; where it listens, if absent
 */
public record HubConfig(
        String id,
        Path data,
        RulesConfig rules,
        Optional<Path> policies,
        Endpoint http,
        Endpoint management,
        RegistryConfig registry,
        PlatformsConfig platforms,
        Optional<URI> publicUrl) {

    /**
     * @param host an address of the loopback, until clients are authenticated
     * @param port 0 to 65535; 0 takes a free one
     */
    public record Endpoint(String host, int port) {
        public Endpoint withPort(int other) {
            return new Endpoint(host, other);
        }
    }

    /**
     * @param folder a folder of format packages beside those that travel with the hub
     * @param shadow whether what is decided is judged once more by the version that comes next
     */
    public record RulesConfig(Optional<Path> folder, boolean shadow) {}

    /**
     * @param poll how often the log is looked at for new entries
     * @param maxAge for how long the hub answers from a snapshot that it could not confirm
     * @param snapshot how the registry is published
     * @param store the database that holds the registry; a SQLite file in the data folder where absent
     * @param witnesses who is asked to countersign the log's checkpoints, no two by one key
     * @param quorum how many of them should have countersigned a checkpoint, 0 to all
     */
    public record RegistryConfig(
            Duration poll,
            Duration maxAge,
            SnapshotConfig snapshot,
            Optional<StoreConfig> store,
            List<WitnessConfig> witnesses,
            int quorum) {
        public RegistryConfig {
            witnesses = List.copyOf(witnesses);
        }

        public RegistryConfig withPoll(Duration other) {
            return new RegistryConfig(other, maxAge, snapshot, store, witnesses, quorum);
        }

        public RegistryConfig withSnapshot(SnapshotConfig other) {
            return new RegistryConfig(poll, maxAge, other, store, witnesses, quorum);
        }

        public RegistryConfig withStore(StoreConfig other) {
            return new RegistryConfig(poll, maxAge, snapshot, Optional.of(other), witnesses, quorum);
        }
    }

    /**
     * @param key by which it countersigns, its vkey
     * @param url its submission prefix
     */
    public record WitnessConfig(NoteKey key, URI url) {}

    /**
     * @param database where it is and who logs in, still without the password
     * @param passwordFile a file that holds the password alone; none where the database asks for none
     */
    public record StoreConfig(PostgresStore database, Optional<Path> passwordFile) {}

    /**
     * @param nextUpdate after how long a newer snapshot is there at the latest
     * @param expires after how long a snapshot is good no more
     * @param reach how many log entries back a difference may begin, from 0
     */
    public record SnapshotConfig(Duration nextUpdate, Duration expires, int reach) {
        static final SnapshotConfig DEFAULT =
                new SnapshotConfig(Freshness.DEFAULT.nextUpdate(), Freshness.DEFAULT.expires(), 10_000);
    }

    /**
     * @param timeout for all steps of one enquiry together
     */
    public record PlatformsConfig(Duration timeout) {}

    /** What a hub runs with that is told nothing. */
    public static HubConfig defaults() {
        return new HubConfig(
                "hutong",
                Path.of("data"),
                new RulesConfig(Optional.empty(), false),
                Optional.empty(),
                new Endpoint("127.0.0.1", 8080),
                new Endpoint("127.0.0.1", 9090),
                new RegistryConfig(
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10),
                        SnapshotConfig.DEFAULT,
                        Optional.empty(),
                        List.of(),
                        0),
                new PlatformsConfig(Duration.ofSeconds(2)),
                Optional.empty());
    }

    public HubConfig withData(Path folder) {
        return new HubConfig(id, folder, rules, policies, http, management, registry, platforms, publicUrl);
    }

    public HubConfig withRules(RulesConfig other) {
        return new HubConfig(id, data, other, policies, http, management, registry, platforms, publicUrl);
    }

    public HubConfig withHost(String host) {
        return new HubConfig(
                id, data, rules, policies, new Endpoint(host, http.port()), management, registry, platforms, publicUrl);
    }

    public HubConfig withPort(int port) {
        return new HubConfig(
                id, data, rules, policies, http.withPort(port), management, registry, platforms, publicUrl);
    }

    public HubConfig withManagementPort(int port) {
        return new HubConfig(
                id, data, rules, policies, http, management.withPort(port), registry, platforms, publicUrl);
    }

    public HubConfig withRegistry(RegistryConfig other) {
        return new HubConfig(id, data, rules, policies, http, management, other, platforms, publicUrl);
    }

    public HubConfig withPublicUrl(URI url) {
        return new HubConfig(id, data, rules, policies, http, management, registry, platforms, Optional.of(url));
    }

    public HubConfig withPolicies(Path folder) {
        return new HubConfig(id, data, rules, Optional.of(folder), http, management, registry, platforms, publicUrl);
    }
}
