package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.NOW;
import static dev.hutong.registry.Fixtures.PROVIDERS;
import static dev.hutong.registry.Fixtures.idOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.IssuerResumed;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryEvent.KeyRevoked;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.ResumeKey;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.Delegation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HistoryPropertiesTest {
    private static final List<IssuerId> ISSUERS =
            List.of(new IssuerId("440000.a"), new IssuerId("440100.a"), new IssuerId("330000.b"));
    private static final List<PrivateJwk> KEYS = IntStream.range(0, 5)
            .mapToObj(i -> Keys.generated(SignatureAlgorithm.EDDSA, 930 + i))
            .toList();

    /** What the registry knew after a change, and when it learned it. */
    private record Moment(Instant at, List<RegisteredIssuer> issuers) {}

    @Property(tries = 200)
    void askingAboutAnInstantGivesWhatWasKnownThen(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 9_999) Integer> choices) {
        UnsignedRegistry registry = new UnsignedRegistry();
        List<Moment> moments = new ArrayList<>();
        for (int choice : choices) {
            registry.now = registry.now.plusSeconds(1 + choice % 3);
            registry.attempt(action(choice, registry.now));
            moments.add(new Moment(
                    registry.now, List.copyOf(registry.state.idToIssuer().values())));
        }
        for (Moment moment : moments) {
            for (Instant asked : List.of(moment.at(), moment.at().plusNanos(999_999_999))) {
                assertThat(registry.state.idToIssuer().values().stream()
                                .flatMap(issuer -> issuer.asOf(asked).stream())
                                .toList())
                        .isEqualTo(moment.issuers());
            }
        }
    }

    @Property(tries = 100)
    void foldingAPrefixOfTheLogGivesWhatTheWholeLogSaysAboutItsLastInstant(
            @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = 9_999) Integer> choices) {
        InMemoryRegistryLog log = new InMemoryRegistryLog();
        Registry registry = Registry.open(log, PROVIDERS, () -> NOW);
        List<RegistrySnapshot> prefixes = new ArrayList<>();
        for (int choice : choices) {
            if (registry.append(List.of(event(choice, NOW.plusSeconds(prefixes.size()))))
                    instanceof Registry.Appended) {
                prefixes.add(registry.snapshot());
            }
        }
        RegistrySnapshot whole =
                Registry.open(log, PROVIDERS, () -> NOW.plusSeconds(99)).snapshot();
        for (RegistrySnapshot prefix : prefixes) {
            assertThat(described(whole.issuersAsOf(prefix.time()), prefix.time()))
                    .isEqualTo(described(List.copyOf(prefix.issuers()), prefix.time()));
            for (IssuerId id : ISSUERS) {
                assertThat(described(
                                whole.issuerAsOf(id, prefix.time()).stream().toList(), prefix.time()))
                        .isEqualTo(described(prefix.issuer(id).stream().toList(), prefix.time()));
            }
        }
        assertThat(whole.issuersAsOf(NOW.minusNanos(1))).isEmpty();
    }

    /** Without the verifiers, which are other objects after another folding. */
    private static List<String> described(List<RegisteredIssuer> issuers, Instant at) {
        return issuers.stream()
                .map(issuer -> issuer.id() + " " + issuer.standing()
                        + issuer.keys().stream()
                                .map(key -> key.id() + " " + key.stateAt(at) + " " + key.standing())
                                .toList())
                .toList();
    }

    private static Action.OfIssuer action(int choice, Instant now) {
        IssuerId issuer = ISSUERS.get(choice % ISSUERS.size());
        PrivateJwk key = KEYS.get(choice / 7 % KEYS.size());
        return switch (choice / 100 % 11) {
            case 0, 1 ->
                new RegisterIssuer(
                        issuer,
                        "one",
                        Optional.empty(),
                        choice % 2 == 0 ? Optional.empty() : Optional.of(ISSUERS.getFirst()),
                        Optional.empty());
            case 2 -> new SuspendIssuer(issuer);
            case 3 -> new ResumeIssuer(issuer);
            case 4 ->
                choice % 5 == 0
                        ? new WithdrawIssuer(issuer)
                        : new Delegate(
                                issuer,
                                Optional.of(new Delegation(
                                        "44", Set.of("a"), Set.of(SignatureAlgorithm.EDDSA), 2, Optional.empty())));
            case 5, 6, 7 -> UnsignedRegistry.addition(issuer, key);
            case 8 -> new SuspendKey(issuer, idOf(key));
            case 9 -> new ResumeKey(issuer, idOf(key));
            default -> new RevokeKey(issuer, idOf(key), reason(choice), now.plusSeconds(choice % 9 - 4), false);
        };
    }

    private static RegistryEvent event(int choice, Instant at) {
        IssuerId issuer = ISSUERS.get(choice % ISSUERS.size());
        PrivateJwk key = KEYS.get(choice / 7 % KEYS.size());
        return switch (choice / 100 % 6) {
            case 0, 1 -> new IssuerRegistered(at, issuer, "one", Optional.empty());
            case 2 -> new IssuerSuspended(at, issuer, "because");
            case 3 -> new IssuerResumed(at, issuer);
            case 4 ->
                new KeyActivated(
                        at,
                        issuer,
                        key.publicJwk(),
                        Optional.empty(),
                        Optional.empty(),
                        KeyActivated.LOCAL_DEVELOPMENT);
            default -> new KeyRevoked(at, issuer, idOf(key), reason(choice), at.plusSeconds(choice % 9 - 4));
        };
    }

    private static RevocationReason reason(int choice) {
        return List.of(RevocationReason.SUPERSEDED, RevocationReason.CEASED, RevocationReason.COMPROMISED)
                .get(choice % 3);
    }
}
