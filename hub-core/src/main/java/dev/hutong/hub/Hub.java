package dev.hutong.hub;

import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.Endpoint;
import dev.hutong.hub.config.HubConfig.SnapshotConfig;
import dev.hutong.hub.config.HubConfigReader;
import dev.hutong.hub.federation.FederationKeys;
import dev.hutong.hub.federation.FederationStatements;
import dev.hutong.hub.federation.FreshRegistry;
import dev.hutong.hub.federation.TrustQuestions;
import dev.hutong.hub.http.Directory;
import dev.hutong.hub.http.DirectoryOperations;
import dev.hutong.hub.http.FederationOperations;
import dev.hutong.hub.http.HealthOperations;
import dev.hutong.hub.http.HttpApi;
import dev.hutong.hub.http.LintOperations;
import dev.hutong.hub.http.LogOperations;
import dev.hutong.hub.http.MetricsOperations;
import dev.hutong.hub.http.RegistryOperations;
import dev.hutong.hub.http.ResolveOperations;
import dev.hutong.hub.http.SnapshotOperations;
import dev.hutong.hub.http.TrustQueryOperations;
import dev.hutong.hub.log.CheckpointPublisher;
import dev.hutong.hub.log.VerifiedCheckpointKeeper;
import dev.hutong.hub.log.Witnesses;
import dev.hutong.hub.resolve.DecisionSigner;
import dev.hutong.hub.resolve.Meanings;
import dev.hutong.hub.resolve.Resolver;
import dev.hutong.mapping.Explanations;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatPackages;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.province.CircuitBreakingPlatformClient;
import dev.hutong.province.HttpPlatformClient;
import dev.hutong.province.Platforms;
import dev.hutong.province.Recogniser;
import dev.hutong.registry.ProposalDesk;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.RegistryStorageException;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.NonceIssuer;
import dev.hutong.registry.snapshot.Freshness;
import dev.hutong.registry.snapshot.SnapshotPublication;
import dev.hutong.registry.snapshot.SnapshotSigner;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running hub. {@link #start} is the one place where everything is wired: what a hub is made of, and in which order it comes up, is read
 * there from top to bottom.
 */
public final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    private final Vertx vertx;
    private final RegistryFolder folder;
    private final Runnable lastActs;
    private final URI url;
    private final URI managementUrl;

    private Hub(Vertx vertx, RegistryFolder folder, Runnable lastActs, URI url, URI managementUrl) {
        this.vertx = vertx;
        this.folder = folder;
        this.lastActs = lastActs;
        this.url = url;
        this.managementUrl = managementUrl;
    }

    /**
     * Starts a hub and returns once it answers.
     *
     * @param clock the process's one clock
     * @throws HubStartException where it cannot, with what to do about it; nothing is left running
     */
    public static Hub start(HubConfig config, InstantSource clock) {
        HubConfigReader.mistakesIn(config).stream().findFirst().ifPresent(mistake -> {
            throw new HubStartException(mistake);
        });
        Regions regions = Regions.load();
        FormatPackages formats = admitted(() -> formats(config, regions));
        Recogniser recogniser = admitted(() -> new Recogniser(formats));
        RegistryFolder folder = open(config);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try {
            SignatureProviders providers = SignatureProviders.choose();
            HubKeys keys = HubKeys.of(folder);
            Registry registry = HubRegistry.open(folder, keys, providers, clock);
            CheckpointPublisher publisher = new CheckpointPublisher(registry, keys.log(), providers, config.id());
            VerifiedCheckpointKeeper verified =
                    VerifiedCheckpointKeeper.start(vertx, publisher, folder.verifiedCheckpointFile());
            Witnesses witnesses = Witnesses.start(vertx, publisher, config.registry(), providers, clock);
            RegistryWatch watch = new RegistryWatch(registry, clock, witnesses::quorumReached);
            RegistryFollower follower = RegistryFollower.start(
                    vertx, registry, watch, config.registry().poll());
            PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            new RegistryMeters(registry, watch, clock).bindTo(meters);

            Platforms platforms = new Platforms(
                    new CircuitBreakingPlatformClient(new HttpPlatformClient(vertx), clock),
                    clock,
                    config.platforms().timeout());
            Resolver resolver = new Resolver(
                    registry,
                    config.registry().maxAge(),
                    new Resolver.Ways(recogniser, platforms),
                    new Meanings(Policies.bundled(regions), Explanations.bundled()),
                    clock);
            Directory directory =
                    new Directory(formats, registry, publicKeys(keys.hub().publicJwk()));
            FreshRegistry fresh = new FreshRegistry(registry, config.registry().maxAge(), clock);
            HttpApi operators = new HttpApi(
                    new HealthOperations(fresh, follower::fault, providers, witnesses), new MetricsOperations(meters));

            URI managementUrl = HttpServers.listen(vertx, "management", config.management(), 1, operators::router);
            DecisionSigner signer =
                    new DecisionSigner(config.id(), keys.hub().publicJwk().kid(), providers.signer(keys.hub()));
            ProposalDesk desk = new ProposalDesk(registry, new NonceIssuer(keys.log()), clock);
            Endpoint http = settled(config.http());
            String publicUrl =
                    config.publicUrl().orElseGet(() -> HttpServers.urlOf(http)).toString();
            HttpApi api = new HttpApi(
                    new ResolveOperations(resolver, signer),
                    new DirectoryOperations(directory, clock),
                    new SnapshotOperations(publication(config, registry, keys, providers)),
                    new LogOperations(publisher, folder.log()),
                    new RegistryOperations(registry, folder.log(), desk, clock),
                    new LintOperations(watch),
                    new FederationOperations(new FederationStatements(
                            publicUrl,
                            new CompactJwsSigner(keys.federation(), providers),
                            formerFederationKeys(folder),
                            fresh)),
                    new TrustQueryOperations(new TrustQuestions(publicUrl, fresh), clock));
            int eventLoops = Runtime.getRuntime().availableProcessors();
            URI url = HttpServers.listen(vertx, "http", http, eventLoops, api::router);
            LOG.info(
                    "Hub at {}, management at {}; {} formats, {} issuers; signatures by {}; {} transport",
                    url,
                    managementUrl,
                    formats.packages().size(),
                    registry.snapshot().issuers().size(),
                    providers.names(),
                    vertx.isNativeTransportEnabled() ? "native" : "NIO (slower; no native transport on this machine)");
            LOG.info(
                    "The registry log is {}; its checkpoints verify with {}",
                    publisher.key().name(),
                    publisher.key());
            return new Hub(
                    vertx,
                    folder,
                    () -> {
                        witnesses.close();
                        verified.keep();
                    },
                    url,
                    managementUrl);
        } catch (RegistryStorageException e) {
            letGo(vertx, folder);
            throw new HubStartException(
                    e.getMessage() + ". Restore " + folder.path() + " from your backup, or give another --data.");
        } catch (Throwable e) { // whatever it was, nothing is left running
            letGo(vertx, folder);
            throw e;
        }
    }

    /** Where verifiers ask. */
    public URI url() {
        return url;
    }

    /** Where operators ask. */
    public URI managementUrl() {
        return managementUrl;
    }

    /** Stops listening, lets what is under way come to its end, and lets the data folder go. */
    @Override
    public void close() {
        try {
            Future.all(vertx.deploymentIDs().stream().map(vertx::undeploy).toList())
                    .await();
            lastActs.run();
        } finally {
            letGo(vertx, folder);
        }
        LOG.info("Hub stopped");
    }

    private static void letGo(Vertx vertx, RegistryFolder folder) {
        try {
            vertx.close().await();
        } finally {
            folder.close();
        }
    }

    private static <T> T admitted(Supplier<T> packages) {
        try {
            return packages.get();
        } catch (InvalidPackageException e) {
            throw new HubStartException("A format package cannot be used: " + e.getMessage());
        }
    }

    private static SnapshotPublication publication(
            HubConfig config, Registry registry, HubKeys keys, SignatureProviders providers) {
        SnapshotConfig snapshot = config.registry().snapshot();
        Freshness freshness = new Freshness(snapshot.nextUpdate(), snapshot.expires());
        return new SnapshotPublication(
                registry, new SnapshotSigner(config.id(), freshness, keys.hub(), providers), snapshot.reach());
    }

    private static FormatPackages formats(HubConfig config, Regions regions) {
        FormatPackages bundled = FormatPackages.bundled(regions);
        return config.formats()
                .map(more -> bundled.and(FormatPackages.load(more, regions)))
                .orElse(bundled);
    }

    private static RegistryFolder open(HubConfig config) {
        return switch (RegistryStore.tryOpen(config)) {
            case RegistryFolder.Opened(RegistryFolder folder) -> folder;
            case RegistryFolder.HeldByAnother(String why, String remedy) ->
                throw new HubStartException(why + ". " + remedy);
            case RegistryFolder.NotUsable(String why, String remedy) ->
                throw new HubStartException(why + ". " + remedy);
        };
    }

    /** Settled before anything is wired, since the hub's name may hold its port. */
    private static Endpoint settled(Endpoint http) {
        try {
            return HttpServers.settled(http);
        } catch (IOException e) {
            throw new HubStartException("http: no port is free on " + http.host() + " (" + e.getMessage() + ").");
        }
    }

    private static List<FederationKeys.Former> formerFederationKeys(RegistryFolder folder) {
        try {
            return FederationKeys.in(folder.path());
        } catch (IllegalArgumentException e) {
            throw new HubStartException(String.valueOf(e.getMessage()));
        }
    }

    private static JsonObject publicKeys(PublicJwk key) {
        return new JsonObject()
                .put("keys", new JsonArray().add(new JsonObject(key.toJson().toString())));
    }
}
