package dev.hutong.hub.config;

import dev.hutong.registry.PostgresStore;
import dev.hutong.registry.snapshot.Freshness;
import dev.hutong.registry.tlog.NoteKey;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
 * @param clients who may ask
 * @param ledger how decisions are kept
 * @param load what is done when more is asked than can be answered
 * @param telemetry what is told of the running hub
 * @param cluster which hubs stand beside this one
 * @param warmUp how the hub gets ready before it says so
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
        Optional<URI> publicUrl,
        ClientsConfig clients,
        LedgerConfig ledger,
        LoadConfig load,
        TelemetryConfig telemetry,
        ClusterConfig cluster,
        WarmUpConfig warmUp) {

    /**
     * @param host an address of the loopback, until clients are authenticated and the registry is under dual control
     * @param port 0 to 65535; 0 takes a free one
     * @param tls by what it proves itself; plain HTTP where absent
     * @param limits what it bears of the network
     */
    public record Endpoint(String host, int port, Optional<TlsConfig> tls, LimitsConfig limits) {
        public Endpoint(String host, int port) {
            this(host, port, Optional.empty(), LimitsConfig.DEFAULT);
        }

        /** Whether nobody but this machine reaches it; empty where the host is no address. */
        public Optional<Boolean> isOnLoopback() {
            try {
                return Optional.of(InetAddress.getByName(host).isLoopbackAddress());
            } catch (UnknownHostException e) {
                return Optional.empty();
            }
        }

        public Endpoint withHost(String other) {
            return new Endpoint(other, port, tls, limits);
        }

        public Endpoint withPort(int other) {
            return new Endpoint(host, other, tls, limits);
        }

        public Endpoint withTls(TlsConfig other) {
            return new Endpoint(host, port, Optional.of(other), limits);
        }

        public Endpoint withLimits(LimitsConfig other) {
            return new Endpoint(host, port, tls, other);
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
     * @param atOnce how many enquiries each platform is sent at the same time, from 1
     */
    public record PlatformsConfig(Duration timeout, int atOnce) {}

    /** Whether verifiers are asked for a certificate, so that tokens can be bound to it (RFC 8705). */
    public boolean asksForCertificates() {
        return http.tls()
                .filter(tls -> tls.clientCertificates() == TlsConfig.ClientCertificates.REQUEST)
                .isPresent();
    }

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
                new PlatformsConfig(Duration.ofSeconds(2), 64),
                Optional.empty(),
                ClientsConfig.DEFAULT,
                LedgerConfig.DEFAULT,
                LoadConfig.DEFAULT,
                TelemetryConfig.DEFAULT,
                ClusterConfig.DEFAULT,
                WarmUpConfig.DEFAULT);
    }

    public HubConfig withData(Path folder) {
        return with(draft -> draft.data = folder);
    }

    public HubConfig withRules(RulesConfig other) {
        return with(draft -> draft.rules = other);
    }

    public HubConfig withPolicies(Path folder) {
        return with(draft -> draft.policies = Optional.of(folder));
    }

    public HubConfig withHost(String host) {
        return with(draft -> draft.http = http.withHost(host));
    }

    public HubConfig withPort(int port) {
        return with(draft -> draft.http = http.withPort(port));
    }

    public HubConfig withHttp(Endpoint other) {
        return with(draft -> draft.http = other);
    }

    public HubConfig withManagementPort(int port) {
        return with(draft -> draft.management = management.withPort(port));
    }

    public HubConfig withManagement(Endpoint other) {
        return with(draft -> draft.management = other);
    }

    public HubConfig withRegistry(RegistryConfig other) {
        return with(draft -> draft.registry = other);
    }

    public HubConfig withPublicUrl(URI url) {
        return with(draft -> draft.publicUrl = Optional.of(url));
    }

    public HubConfig withClients(ClientsConfig other) {
        return with(draft -> draft.clients = other);
    }

    public HubConfig withLedger(LedgerConfig other) {
        return with(draft -> draft.ledger = other);
    }

    public HubConfig withLoad(LoadConfig other) {
        return with(draft -> draft.load = other);
    }

    public HubConfig withTelemetry(TelemetryConfig other) {
        return with(draft -> draft.telemetry = other);
    }

    public HubConfig withWarmUp(WarmUpConfig other) {
        return with(draft -> draft.warmUp = other);
    }

    public HubConfig withCluster(ClusterConfig other) {
        return with(draft -> draft.cluster = other);
    }

    private HubConfig with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.config();
    }

    /** A configuration that is being changed, so that a change names nothing but what it changes. */
    private static final class Draft {
        private final String id;
        private Path data;
        private RulesConfig rules;
        private Optional<Path> policies;
        private Endpoint http;
        private Endpoint management;
        private RegistryConfig registry;
        private final PlatformsConfig platforms;
        private Optional<URI> publicUrl;
        private ClientsConfig clients;
        private LedgerConfig ledger;
        private LoadConfig load;
        private TelemetryConfig telemetry;
        private ClusterConfig cluster;
        private WarmUpConfig warmUp;

        Draft(HubConfig config) {
            id = config.id;
            data = config.data;
            rules = config.rules;
            policies = config.policies;
            http = config.http;
            management = config.management;
            registry = config.registry;
            platforms = config.platforms;
            publicUrl = config.publicUrl;
            clients = config.clients;
            ledger = config.ledger;
            load = config.load;
            telemetry = config.telemetry;
            cluster = config.cluster;
            warmUp = config.warmUp;
        }

        HubConfig config() {
            return new HubConfig(
                    id,
                    data,
                    rules,
                    policies,
                    http,
                    management,
                    registry,
                    platforms,
                    publicUrl,
                    clients,
                    ledger,
                    load,
                    telemetry,
                    cluster,
                    warmUp);
        }
    }
}
