package dev.hutong.hub;

import dev.hutong.hub.clients.LocalAssertionReplay;
import dev.hutong.hub.cluster.Cluster;
import dev.hutong.hub.cluster.ClusterStartException;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.Endpoint;
import dev.hutong.hub.config.HubConfig.PlatformsConfig;
import dev.hutong.hub.config.HubConfigReader;
import dev.hutong.hub.http.BatchOperations;
import dev.hutong.hub.http.Directory;
import dev.hutong.hub.http.DirectoryOperations;
import dev.hutong.hub.http.HttpApi;
import dev.hutong.hub.http.LedgerOperations;
import dev.hutong.hub.http.LoadGate;
import dev.hutong.hub.http.Operations;
import dev.hutong.hub.http.QuotaGate;
import dev.hutong.hub.http.ResolveOperations;
import dev.hutong.hub.http.TranslateOperations;
import dev.hutong.hub.ledger.AuditLedger;
import dev.hutong.hub.ledger.LedgerPlace;
import dev.hutong.hub.ledger.LedgerStoreException;
import dev.hutong.hub.load.LoadMeters;
import dev.hutong.hub.load.LocalQuotas;
import dev.hutong.hub.resolve.DecisionSigner;
import dev.hutong.hub.resolve.Resolver;
import dev.hutong.hub.resolve.RulesInForce;
import dev.hutong.hub.resolve.Shadow;
import dev.hutong.hub.rules.LiveRules;
import dev.hutong.hub.rules.NextVersionShadow;
import dev.hutong.hub.rules.RulesShelf;
import dev.hutong.hub.tls.TlsEndpoints;
import dev.hutong.hub.translate.Translations;
import dev.hutong.mapping.Explanations;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.mapping.policy.PolicyAdmission;
import dev.hutong.province.BulkheadPlatformClient;
import dev.hutong.province.CircuitBreakingPlatformClient;
import dev.hutong.province.HttpPlatformClient;
import dev.hutong.province.Platforms;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.RegistryStorageException;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    private final HubRegistry trust;
    private final AuditLedger ledger;
    private final Served verifiers;
    private final Served operators;

    /** One of its two servers: where it is asked, and what. */
    private record Served(URI url, HttpApi api) {}

    private Hub(
            Vertx vertx,
            RegistryFolder folder,
            HubRegistry trust,
            AuditLedger ledger,
            Served verifiers,
            Served operators) {
        this.vertx = vertx;
        this.folder = folder;
        this.trust = trust;
        this.ledger = ledger;
        this.verifiers = verifiers;
        this.operators = operators;
    }

    /**
     * Starts a hub and returns once it answers.
     *
     * @param clock the process's one clock
     * @throws HubStartException where it cannot, with what to do about it; nothing is left running
     */
    public static Hub start(HubConfig config, InstantSource clock) {
        refuseMistakes(config);
        Door verifiersDoor = Door.of("http", config.http(), clock);
        Door operatorsDoor = Door.of("management", config.management(), clock);
        TlsEndpoints tls = tls(verifiersDoor, operatorsDoor, clock);
        Regions regions = Regions.load();
        RulesShelf packages = admitted(() -> new RulesShelf(config.rules().folder(), regions));
        RegistryFolder folder = open(config);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        AuditLedger opened = null;
        try {
            refuseDevelopmentInPublic(config.http(), folder);
            SignatureProviders providers = SignatureProviders.choose();
            HubRegistry trust = HubRegistry.start(vertx, folder, config, providers, clock);
            LiveRules live = admitted(
                    () -> new LiveRules(packages, trust.registry()::snapshot, policies(config, regions), clock));
            live.follow(vertx, config.registry().poll());
            RulesInForce rules = live.inForce();
            PrivateJwk key = trust.keys().hub();
            AuditLedger ledger = ledger(vertx, config, new CompactJwsSigner(key, providers), clock);
            opened = ledger;
            Cluster cluster = Cluster.join(vertx, config.cluster(), trust.keys().log(), clock);
            trust.share(cluster);
            Monitoring monitoring = Monitoring.start(vertx, config, new Monitoring.Watched(trust, live, ledger, tls));
            monitoring.measure(cluster);
            URI managementUrl = HttpServers.listen(vertx, operatorsDoor, 1, monitoring.ofOperators());

            Platforms platforms = platforms(vertx, config.platforms(), monitoring, clock);
            Shadow shadow = config.rules().shadow() ? nextVersion(vertx, rules, monitoring) : Shadow.NONE;
            Resolver resolver = new Resolver(
                            trust.registry()::confirmed,
                            config.registry().maxAge(),
                            rules,
                            platforms,
                            Explanations.bundled(),
                            clock,
                            shadow,
                            ledger)
                    .observedBy(monitoring.observer());
            DecisionSigner signer = new DecisionSigner(
                    config.id(), key.publicJwk().kid(), providers.signer(key), monitoring.observer());
            Directory directory = new Directory(
                    rules, trust.registry(), publicKeys(trust.keys().published()), clock);
            Endpoint http = settled(config.http());
            String publicUrl =
                    config.publicUrl().orElseGet(() -> HttpServers.urlOf(http)).toString();
            List<Operations> operations = new ArrayList<>();
            LoadGate load =
                    new LoadGate(config.load().limits(), config.clients().proxies());
            monitoring.measure(new LoadMeters(load.gates()));
            QuotaGate quotas = new QuotaGate(
                    cluster.sharing(new LocalQuotas(System::nanoTime)),
                    config.load().quotas(),
                    load);
            operations.add(new ResolveOperations(resolver, signer, load));
            operations.add(
                    new BatchOperations(resolver, load, quotas, config.load().batch()));
            operations.add(new TranslateOperations(
                    new Translations(config.id(), resolver, rules, regions, new CompactJwsSigner(key, providers)),
                    clock));
            operations.add(new LedgerOperations(ledger));
            operations.add(new DirectoryOperations(directory, clock));
            operations.addAll(trust.operations(publicUrl, live, quotas));
            operations.add(trust.lint(tls));
            HubClients clients = new HubClients(
                    publicUrl, trust, config, cluster.sharing(new LocalAssertionReplay(clock, System::nanoTime)));
            operations.addAll(clients.operations(quotas));
            List<Handler<RoutingContext>> gates = new ArrayList<>(List.of(load));
            gates.addAll(clients.gates());
            gates.add(quotas);
            HttpApi api = new HttpApi(gates, operations);
            monitoring.warmUp();
            int eventLoops = Runtime.getRuntime().availableProcessors();
            URI url = HttpServers.listen(vertx, verifiersDoor.at(http), eventLoops, monitoring.ofVerifiers(api));
            LOG.info(
                    "Hub at {}, management at {}; {} formats, {} issuers; signatures by {}; {} transport",
                    url,
                    managementUrl,
                    rules.at(clock.instant()).formats().packages().size(),
                    trust.registry().snapshot().issuerCount(),
                    providers.names(),
                    vertx.isNativeTransportEnabled() ? "native" : "NIO (slower; no native transport on this machine)");
            return new Hub(
                    vertx,
                    folder,
                    trust,
                    ledger,
                    new Served(url, api),
                    new Served(managementUrl, monitoring.operators()));
        } catch (LedgerStoreException | ClusterStartException e) {
            letGo(vertx, folder, opened);
            throw new HubStartException(String.valueOf(e.getMessage()));
        } catch (RegistryStorageException e) {
            letGo(vertx, folder, opened);
            throw new HubStartException(
                    e.getMessage() + ". Restore " + folder.path() + " from your backup, or give another --data.");
        } catch (Throwable e) { // whatever it was, nothing is left running
            letGo(vertx, folder, opened);
            throw e;
        }
    }

    /** Where verifiers ask. */
    public URI url() {
        return verifiers.url();
    }

    /** Where operators ask. */
    public URI managementUrl() {
        return operators.url();
    }

    /** What verifiers can ask, each method with its path. */
    Set<String> verifiersOperations() {
        return verifiers.api().operations(vertx);
    }

    /** What operators can ask, each method with its path. */
    Set<String> operatorsOperations() {
        return operators.api().operations(vertx);
    }

    /** Stops listening, lets what is under way come to its end, and lets the data folder go. */
    @Override
    public void close() {
        try {
            Future.all(vertx.deploymentIDs().stream().map(vertx::undeploy).toList())
                    .await();
            trust.close();
        } finally {
            letGo(vertx, folder, ledger);
        }
        LOG.info("Hub stopped");
    }

    private static void letGo(Vertx vertx, RegistryFolder folder, @Nullable AuditLedger ledger) {
        try {
            if (ledger != null) {
                ledger.close();
            }
        } finally {
            letGo(vertx, folder);
        }
    }

    private static void letGo(Vertx vertx, RegistryFolder folder) {
        try {
            vertx.close().await();
        } finally {
            folder.close();
        }
    }

    private static void refuseMistakes(HubConfig config) {
        HubConfigReader.mistakesIn(config).stream().findFirst().ifPresent(mistake -> {
            throw new HubStartException(mistake);
        });
    }

    /** What one person put into a registry is good for their own machine, and for no other. */
    private static void refuseDevelopmentInPublic(Endpoint http, RegistryFolder folder) {
        boolean isOnLoopback = http.isOnLoopback().orElse(false);
        if (!isOnLoopback && HubKeys.genesis(folder).isEmpty()) {
            throw new HubStartException("http.host: «" + http.host() + "» is not on the loopback, and the registry in "
                    + folder.path()
                    + " is not under dual control: nobody approves what is in it. Found one in a new data"
                    + " folder with: hutong registry genesis --data DIR --origin NAME --operator NAME=KEY …"
                    + " (docs/registry.md). Or listen on 127.0.0.1 or ::1");
        }
    }

    private static TlsEndpoints tls(Door verifiers, Door operators, InstantSource clock) {
        return new TlsEndpoints(
                Stream.of(verifiers, operators)
                        .flatMap(door -> door.tls().stream())
                        .toList(),
                clock);
    }

    /** Not too many enquiries at once, and none at a platform that does not answer. */
    private static Platforms platforms(
            Vertx vertx, PlatformsConfig config, Monitoring monitoring, InstantSource clock) {
        CircuitBreakingPlatformClient breaking = new CircuitBreakingPlatformClient(
                new HttpPlatformClient(vertx),
                System::nanoTime,
                config.timeout().dividedBy(2));
        return new Platforms(
                new BulkheadPlatformClient(monitoring.watched(breaking), config.atOnce()), clock, config.timeout());
    }

    /** Judges aside, once more, by the rules that come next. */
    private static Shadow nextVersion(Vertx vertx, RulesInForce rules, Monitoring monitoring) {
        return new NextVersionShadow(rules, monitoring.meters(), monitoring.watched(BackgroundQueue.start(vertx)));
    }

    private static AuditLedger ledger(Vertx vertx, HubConfig config, CompactJwsSigner signer, InstantSource clock) {
        try {
            LedgerPlace place = new LedgerPlace(config.id(), config.data(), LedgerStores.open(config));
            return AuditLedger.start(vertx, place, config.ledger(), signer, clock);
        } catch (IOException e) {
            throw new HubStartException("registry.store.passwordFile cannot be read: " + e);
        }
    }

    private static <T> T admitted(Supplier<T> packages) {
        try {
            return packages.get();
        } catch (InvalidPackageException e) {
            throw new HubStartException("A format package or policy cannot be used: " + e.getMessage());
        }
    }

    private static Policies policies(HubConfig config, Regions regions) {
        Policies bundled = Policies.bundled(regions);
        return config.policies().map(new PolicyAdmission(bundled)::admit).orElse(bundled);
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

    private static JsonObject publicKeys(List<PublicJwk> keys) {
        JsonArray set = new JsonArray();
        keys.forEach(key -> set.add(new JsonObject(key.toJson().toString())));
        return new JsonObject().put("keys", set);
    }
}
