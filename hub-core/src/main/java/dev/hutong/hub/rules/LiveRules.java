package dev.hutong.hub.rules;

import dev.hutong.hub.log.BackgroundLoop;
import dev.hutong.hub.resolve.RulesInForce;
import dev.hutong.hub.rules.RulesFault.Kind;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.registry.RegistrySnapshot;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a running hub, kept as the folder and the registry say: whenever one of them changes, other rules are put in the place of the
 * present ones, all at once. Rules that cannot be are told of, and the present ones go on.
 *
 * <p>Threads: one looks; any number may ask.
 */
public final class LiveRules {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);

    private final RulesShelf shelf;
    private final Supplier<RegistrySnapshot> registry;
    private final Policies policies;
    private final InstantSource clock;
    private final RulesInForce inForce;
    private volatile List<RulesPackage> running;
    private volatile List<RulesFault> faults;

    /**
     * Begins to judge by those that may.
     *
     * @throws InvalidPackageException where they cannot stand beside each other
     */
    public LiveRules(RulesShelf shelf, Supplier<RegistrySnapshot> registry, Policies policies, InstantSource clock) {
        this.shelf = shelf;
        this.registry = registry;
        this.policies = policies;
        this.clock = clock;
        RulesChoice first = choose(shelf.stock(), List.of());
        this.running = first.packages();
        this.faults = first.faults();
        this.inForce = new RulesInForce(first.versions(), policies, clock.instant());
        tell(Set.of(), faults);
    }

    /** The destinations' policies. */
    public Policies policies() {
        return policies;
    }

    /** Looks again and again, for as long as the hub runs. */
    public void follow(Vertx vertx, Duration pause) {
        BackgroundLoop.start(vertx, pause, this::look);
    }

    /** What decisions are made by. */
    public RulesInForce inForce() {
        return inForce;
    }

    /** The packages that may judge, now or at their time. */
    public List<RulesPackage> running() {
        return running;
    }

    /** Why some are not in force that should be; empty where all is well. */
    public List<RulesFault> faults() {
        return faults;
    }

    void look() {
        RulesShelf.Stock stock = shelf.look();
        RulesChoice choice = choose(stock, running);
        List<RulesFault> found = new ArrayList<>(stock.faults());
        found.addAll(choice.faults());
        if (!choice.digests().equals(digestsOf(running))) {
            exchange(choice).ifPresent(found::add);
        }
        Set<RulesFault> known = new HashSet<>(faults);
        faults = List.copyOf(found);
        tell(known, faults);
    }

    private RulesChoice choose(RulesShelf.Stock stock, List<RulesPackage> held) {
        return RulesChoice.of(stock.packages(), held, registry.get(), clock.instant());
    }

    private Optional<RulesFault> exchange(RulesChoice choice) {
        try {
            inForce.exchange(choice.versions(), policies, clock.instant());
            running = choice.packages();
            LOG.info(
                    "The rules were exchanged: {}",
                    choice.packages().stream()
                            .map(one -> one.format().versioned())
                            .toList());
            return Optional.empty();
        } catch (InvalidPackageException e) {
            return Optional.of(new RulesFault(Kind.CLASH, "all packages", String.valueOf(e.getMessage())));
        }
    }

    private static Set<?> digestsOf(List<RulesPackage> packages) {
        return new RulesChoice(packages, List.of()).digests();
    }

    /** Each fault once, when it is new, and once when it is gone. */
    private static void tell(Set<RulesFault> known, List<RulesFault> found) {
        Set<RulesFault> gone = new HashSet<>(known);
        for (RulesFault fault : found) {
            if (!gone.remove(fault)) {
                LOG.error("{} {}: {}. The present rules go on", fault.kind(), fault.subject(), fault.detail());
            }
        }
        gone.forEach(fault -> LOG.info("No longer {} {}", fault.kind(), fault.subject()));
    }
}
