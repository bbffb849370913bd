package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.RegistryRules;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Issuers and keys by the rules of a registry under dual control, where nobody has to sign; the test moves its clock. */
final class UnsignedRegistry {
    Instant now = Fixtures.NOW;
    final RegistryState state = new RegistryState(Fixtures.PROVIDERS, RegistryFold.empty());
    private long entry;

    static UnsignedRegistry with(IssuerId... issuers) {
        UnsignedRegistry registry = new UnsignedRegistry();
        for (IssuerId issuer : issuers) {
            registry.apply(new RegisterIssuer(
                    issuer, "issuer " + issuer, Optional.empty(), Optional.empty(), Optional.empty()));
        }
        return registry;
    }

    /** Why the action is impossible; empty where it was done. */
    Optional<EventRefusal> attempt(Action.OfIssuer action) {
        try {
            state.apply(
                    action, Optional.of(RegistryRules.DEFAULT), new Change(now, entry, List.of(), "a test", "because"));
            entry++;
            return Optional.empty();
        } catch (ImpossibleEventException impossible) {
            return Optional.of(impossible.refusal());
        }
    }

    void apply(Action.OfIssuer action) {
        assertThat(attempt(action)).isEmpty();
    }

    EventRefusal refusal(Action.OfIssuer action) {
        return attempt(action).orElseThrow();
    }

    RegisteredIssuer issuer(IssuerId id) {
        return Objects.requireNonNull(state.idToIssuer().get(id));
    }

    RegisteredKey key(PrivateJwk key) {
        return Objects.requireNonNull(state.kidToKey().get(key.publicJwk().kid()))
                .key();
    }

    KeyState stateOf(PrivateJwk key) {
        return key(key).stateAt(now);
    }

    static AddKey addition(IssuerId issuer, PrivateJwk key) {
        return new AddKey(issuer, KeyOffer.unbounded(key.publicJwk()));
    }
}
