package dev.hutong.hub;

import dev.hutong.hub.bundle.BundlePublication;
import dev.hutong.hub.cluster.Cluster;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.SnapshotConfig;
import dev.hutong.hub.federation.FederationKeys;
import dev.hutong.hub.federation.FederationStatements;
import dev.hutong.hub.federation.FreshRegistry;
import dev.hutong.hub.federation.TrustQuestions;
import dev.hutong.hub.http.BundleOperations;
import dev.hutong.hub.http.FederationOperations;
import dev.hutong.hub.http.HealthOperations;
import dev.hutong.hub.http.LintOperations;
import dev.hutong.hub.http.LogOperations;
import dev.hutong.hub.http.Operations;
import dev.hutong.hub.http.QuotaGate;
import dev.hutong.hub.http.RegistryOperations;
import dev.hutong.hub.http.SnapshotOperations;
import dev.hutong.hub.http.TrustQueryOperations;
import dev.hutong.hub.ledger.LedgerStanding;
import dev.hutong.hub.log.CheckpointPublisher;
import dev.hutong.hub.log.VerifiedCheckpointKeeper;
import dev.hutong.hub.log.Witnesses;
import dev.hutong.hub.rules.LiveRules;
import dev.hutong.hub.telemetry.Readiness;
import dev.hutong.hub.telemetry.Readiness.Check;
import dev.hutong.hub.tls.TlsEndpoints;
import dev.hutong.registry.KeptFold;
import dev.hutong.registry.ProposalDesk;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.RunningCode;
import dev.hutong.registry.VerifiedCheckpoint;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.proposal.NonceIssuer;
import dev.hutong.registry.snapshot.Freshness;
import dev.hutong.registry.snapshot.SnapshotPublication;
import dev.hutong.registry.snapshot.SnapshotSigner;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry of a running hub with all that goes on around it: its log is published, countersigned and noted as verified; it is followed,
 * linted, and offered to others in every form that they take.
 */
final class HubRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubRegistry.class);

    private final HubConfig config;
    private final RegistryFolder folder;
    private final HubKeys keys;
    private final SignatureProviders providers;
    private final InstantSource clock;
    private final Registry registry;
    private final CheckpointPublisher publisher;
    private final VerifiedCheckpointKeeper verified;
    private final Witnesses witnesses;
    private final RegistryWatch watch;
    private final RegistryFollower follower;

    private HubRegistry(
            Vertx vertx, RegistryFolder folder, HubConfig config, SignatureProviders providers, InstantSource clock) {
        this.config = config;
        this.folder = folder;
        this.providers = providers;
        this.clock = clock;
        this.keys = HubKeys.of(folder);
        KeptFold kept = new KeptFold(folder.foldFile(), RunningCode.name(), keys.log(), providers);
        this.registry = Registry.open(folder.log(), providers, clock, verified(folder, keys, providers), kept);
        this.publisher = new CheckpointPublisher(registry, keys.log(), providers, config.id());
        this.verified = VerifiedCheckpointKeeper.start(vertx, publisher, folder.verifiedCheckpointFile(), kept);
        this.witnesses = Witnesses.start(vertx, publisher, config.registry(), providers, clock);
        this.watch = new RegistryWatch(registry, clock, witnesses::quorumReached);
        this.follower =
                RegistryFollower.start(vertx, registry, watch, config.registry().poll());
        LOG.info(
                "The registry log is {}; its checkpoints verify with {}",
                publisher.key().name(),
                publisher.key());
    }

    /**
     * Folds the log in this folder, and begins to follow and to publish it.
     *
     * @throws HubStartException if the folder's keys, its note of what was verified and its log do not belong together
     */
    static HubRegistry start(
            Vertx vertx, RegistryFolder folder, HubConfig config, SignatureProviders providers, InstantSource clock) {
        return new HubRegistry(vertx, folder, config, providers, clock);
    }

    /** The registry itself, which codes are resolved by. */
    Registry registry() {
        return registry;
    }

    /** By what signatures are made and checked. */
    SignatureProviders providers() {
        return providers;
    }

    /** The hub's keys, which lie beside it. */
    HubKeys keys() {
        return keys;
    }

    /** The process's one clock. */
    InstantSource clock() {
        return clock;
    }

    /** Tells the hubs that share it what is appended here, and looks at once when they have appended something. */
    void share(Cluster cluster) {
        registry.whenAppended(cluster::announce);
        cluster.follow(() -> registry.snapshot().checkpoint(), follower::lookNow);
    }

    /** What is measured of it. */
    RegistryMeters meters() {
        return new RegistryMeters(registry, watch, clock);
    }

    /** What operators ask about it. */
    HealthOperations health(Readiness readiness, LiveRules rules, Supplier<LedgerStanding> ledger, TlsEndpoints tls) {
        return new HealthOperations(readiness, fresh(), follower::fault, providers, witnesses, rules, ledger, tls);
    }

    /** What of it must be so for the hub to answer correctly, and what should be. */
    List<Check> checks() {
        return List.of(
                new Check("registry", true, this::staleness),
                new Check("store", false, follower::fault),
                new Check(
                        "witnesses",
                        false,
                        () -> witnesses
                                .quorumReached()
                                .filter(reached -> !reached)
                                .map(lost -> "too few witnesses have cosigned the log's checkpoint")));
    }

    private Optional<String> staleness() {
        return fresh().present().isPresent()
                ? Optional.empty()
                : Optional.of("not confirmed since " + registry.confirmedAt() + ", longer than registry.maxAge");
    }

    /** What operators should look after, in it and in how the hub serves. */
    LintOperations lint(TlsEndpoints tls) {
        return new LintOperations(watch, tls::findings);
    }

    /**
     * What everybody may ask about it and propose to it.
     *
     * @param publicUrl the hub's name in OpenID Federation and in trust registry queries
     * @param rules what it decides by beside the registry
     * @param quotas how much may be proposed
     */
    List<Operations> operations(String publicUrl, LiveRules rules, QuotaGate quotas) {
        SnapshotPublication publication = publication();
        return List.of(
                new RegistryOperations(
                        registry,
                        folder.log(),
                        new ProposalDesk(registry, new NonceIssuer(keys.log()), clock),
                        clock,
                        quotas),
                new SnapshotOperations(publication),
                new BundleOperations(
                        new BundlePublication(publication, rules, new CompactJwsSigner(keys.hub(), providers))),
                new LogOperations(publisher, folder.log()),
                new FederationOperations(new FederationStatements(
                        publicUrl,
                        new CompactJwsSigner(keys.federation(), providers),
                        formerFederationKeys(),
                        fresh())),
                new TrustQueryOperations(new TrustQuestions(publicUrl, fresh()), clock));
    }

    private FreshRegistry fresh() {
        return new FreshRegistry(registry, config.registry().maxAge(), clock);
    }

    private SnapshotPublication publication() {
        SnapshotConfig snapshot = config.registry().snapshot();
        Freshness freshness = new Freshness(snapshot.nextUpdate(), snapshot.expires());
        return new SnapshotPublication(
                registry, new SnapshotSigner(config.id(), freshness, keys.hub(), providers), snapshot.reach());
    }

    private List<FederationKeys.Former> formerFederationKeys() {
        try {
            return FederationKeys.in(folder.path());
        } catch (IllegalArgumentException e) {
            throw new HubStartException(String.valueOf(e.getMessage()));
        }
    }

    /** Ends the requests to witnesses, notes how far the log was verified, and keeps what it was folded to. */
    @Override
    public void close() {
        witnesses.close();
        verified.keep();
    }

    private static Checkpoint verified(RegistryFolder folder, HubKeys keys, SignatureProviders providers) {
        return switch (VerifiedCheckpoint.read(
                folder.verifiedCheckpointFile(), keys.log().publicJwk(), providers)) {
            case VerifiedCheckpoint.Reading.Known(Checkpoint checkpoint) -> checkpoint;
            case VerifiedCheckpoint.Reading.Unknown(String why) -> {
                LOG.info("Every signature in the registry log is checked, since {}", why);
                yield MerkleTree.empty().checkpoint();
            }
            case VerifiedCheckpoint.Reading.Foreign(String why) ->
                throw new HubStartException(
                        why + ". Put the log key or the file back that belong to this registry; if the key"
                                + " was replaced on purpose, delete the file, and every signature is checked anew.");
        };
    }
}
