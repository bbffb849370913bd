package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.BO;
import static dev.hutong.registry.FoundedRegistry.CHEN;

import dev.hutong.registry.ProposalDesk.Receipt;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.KeyOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A registry under dual control for the tests of other packages: what is proposed is approved at once, where it is possible. */
public final class GovernedRegistry {
    public static final SignatureProviders PROVIDERS = Fixtures.PROVIDERS;
    public static final Instant BEGINNING = Fixtures.NOW;

    private final FoundedRegistry founded = new FoundedRegistry();

    public Registry registry() {
        return founded.registry;
    }

    public Instant now() {
        return founded.now;
    }

    /** Moves the clock, back too; the registry looks at its log again. */
    public void pass(Duration time) {
        founded.pass(time);
        founded.registry.refresh();
    }

    /** Pulls the plug of the store, or puts it in again. */
    public void breakStore(boolean broken) {
        founded.log.broken = broken;
    }

    /** Moves the clock while the store cannot be read. */
    public void passUnseen(Duration time) {
        founded.pass(time);
    }

    public void register(IssuerId issuer, PrivateJwk key) {
        enact(FoundedRegistry.registration(issuer, key), key);
    }

    public void registerUnder(IssuerId parent, IssuerId issuer, PrivateJwk key, PrivateJwk parentKey) {
        enact(
                new Action.RegisterIssuer(
                        issuer,
                        "城市 " + issuer,
                        Optional.empty(),
                        Optional.of(parent),
                        Optional.of(KeyOffer.unbounded(key.publicJwk()))),
                key,
                parentKey);
    }

    /** A change that an operator wants. */
    public void enact(Action action) {
        enact(action, ANNA);
    }

    /** Likewise; false where the registry refuses. */
    public boolean tryEnact(Action action) {
        return tryEnact(action, ANNA);
    }

    public void enact(Action action, PrivateJwk... signers) {
        if (!tryEnact(action, signers)) {
            throw new IllegalStateException("The registry refuses " + action);
        }
    }

    /** False, and nothing but perhaps a proposal is in the log, where the registry refuses. */
    public boolean tryEnact(Action action, PrivateJwk... signers) {
        if (!(founded.propose(action, signers) instanceof Receipt.Taken(RegisteredProposal proposal))) {
            return false;
        }
        List<PrivateJwk> others = List.of(ANNA, BO, CHEN).stream()
                .filter(operator -> !List.of(signers).contains(operator))
                .toList();
        return founded.approve(proposal.id(), others.get(0)) instanceof Receipt.Taken
                && founded.approve(proposal.id(), others.get(1)) instanceof Receipt.Taken;
    }
}
