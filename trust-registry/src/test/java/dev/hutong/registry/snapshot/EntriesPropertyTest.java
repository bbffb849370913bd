package dev.hutong.registry.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.GovernedRegistry;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.RulesDigest;
import dev.hutong.registry.RulesVersion;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.PublishRules;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.ResumeKey;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.RulesOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens in a registry: a snapshot and the difference give the next snapshot, and a client decides as the hub does. */
class EntriesPropertyTest {
    private static final IssuerId PARENT = new IssuerId("440000.province");
    private static final List<IssuerId> ISSUERS =
            List.of(PARENT, new IssuerId("440100.city"), new IssuerId("440300.city"), new IssuerId("330100.hangzhou"));

    private static final List<RevocationReason> REASONS = List.of(RevocationReason.values());

    /** One of each kind; which issuer has which is left to chance. */
    private static final List<PrivateJwk> KEYS = List.of(
            Keys.generated(SignatureAlgorithm.ES256, 740),
            Keys.generated(SignatureAlgorithm.EDDSA, 741),
            Keys.generated(SignatureAlgorithm.SM2, 742),
            Keys.generated(SignatureAlgorithm.ES256, 743),
            Keys.generated(SignatureAlgorithm.EDDSA, 744));

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void aSnapshotAndTheDifferenceGiveTheNextSnapshotOctetByOctet(
            @ForAll long seed, @ForAll @IntRange(min = 4, max = 14) int changes) {
        List<RegistrySnapshot> history = history(new Random(seed), changes);
        for (RegistrySnapshot older : history) {
            for (RegistrySnapshot newer : history.subList(history.indexOf(older), history.size())) {
                Entries delta =
                        published(Entries.changedSince(older.checkpoint().size(), newer));
                assertThat(published(Entries.of(older)).with(delta).canonical())
                        .isEqualTo(Entries.of(newer).canonical());
            }
        }
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void whoReadsTheEntriesDecidesAsTheHubDoes(@ForAll long seed, @ForAll @IntRange(min = 4, max = 14) int changes) {
        RegistrySnapshot hub = history(new Random(seed), changes).getLast();
        SyncedRegistry client = SyncedRegistry.of(
                new SyncedRegistry.Received(
                        "",
                        Optional.empty(),
                        FakeHub.signedBy(FakeHub.HUB_KEY).claims(hub, Entries.of(hub), hub.time()),
                        published(Entries.of(hub))),
                FakeHub.HUB_KEY.publicJwk(),
                GovernedRegistry.PROVIDERS,
                hub.time());

        assertThat(client.quarantined()).isEmpty();
        for (RegisteredIssuer issuer : hub.issuers()) {
            assertThat(client.issuers()).anySatisfy(same -> {
                assertThat(same.standing().state()).isEqualTo(issuer.standing().state());
                assertThat(same.standing().entry()).isEqualTo(issuer.standing().entry());
                assertThat(same.rules()).isEqualTo(issuer.rules());
                assertThat(same.registeredAt()).isEqualTo(issuer.registeredAt());
                assertThat(same.keys()).hasSameSizeAs(issuer.keys());
            });
            assertThat(client.refused())
                    .filteredOn(refusal -> refusal.issuer().equals(issuer.id())
                            && refusal.key().isEmpty())
                    .hasSize(hub.standing(issuer.id(), hub.time()).isPresent() ? 1 : 0);
        }
    }

    private static Entries published(Entries entries) {
        return SnapshotSyncTest.read(entries.toJson());
    }

    /** The registry after each of some changes, legal as they come; what the registry refuses does not happen. */
    private static List<RegistrySnapshot> history(Random random, int changes) {
        GovernedRegistry governed = new GovernedRegistry();
        List<RegistrySnapshot> history = new ArrayList<>();
        history.add(governed.registry().snapshot());
        for (int i = 0; i < changes; i++) {
            governed.pass(Duration.ofHours(random.nextInt(72)));
            change(governed, random);
            history.add(governed.registry().snapshot());
        }
        return history;
    }

    private static void change(GovernedRegistry governed, Random random) {
        IssuerId issuer = ISSUERS.get(random.nextInt(ISSUERS.size()));
        PrivateJwk key = KEYS.get(random.nextInt(KEYS.size()));
        KeyId kid = KeyId.of(key.publicJwk());
        Instant now = governed.now();
        switch (random.nextInt(13)) {
            case 0, 1, 2 ->
                governed.tryEnact(
                        new RegisterIssuer(
                                issuer,
                                "发码机构",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(KeyOffer.unbounded(key.publicJwk()))),
                        key);
            case 3 ->
                governed.tryEnact(new Delegate(
                        PARENT,
                        Optional.of(new Delegation(
                                "44", Set.of("city"), Set.of(SignatureAlgorithm.values()), 1, Optional.empty()))));
            case 4 ->
                keyOf(governed, PARENT)
                        .ifPresent(parentKey -> governed.tryEnact(
                                new RegisterIssuer(
                                        ISSUERS.get(1 + random.nextInt(2)),
                                        "市",
                                        Optional.empty(),
                                        Optional.of(PARENT),
                                        Optional.of(KeyOffer.unbounded(key.publicJwk()))),
                                key,
                                parentKey));
            case 5 -> governed.tryEnact(new SuspendIssuer(issuer));
            case 6 -> governed.tryEnact(new ResumeIssuer(issuer));
            case 7 ->
                keyOf(governed, issuer)
                        .ifPresent(present -> governed.tryEnact(
                                new AddKey(issuer, KeyOffer.unbounded(key.publicJwk())), key, present));
            case 8 -> ownerOf(governed, kid).ifPresent(owner -> governed.tryEnact(new SuspendKey(owner, kid)));
            case 9 -> ownerOf(governed, kid).ifPresent(owner -> governed.tryEnact(new ResumeKey(owner, kid)));
            case 10 ->
                ownerOf(governed, kid)
                        .ifPresent(owner -> governed.tryEnact(new RevokeKey(
                                owner,
                                kid,
                                REASONS.get(random.nextInt(REASONS.size())),
                                now.minusSeconds(random.nextInt(100_000)),
                                false)));
            case 11 -> governed.tryEnact(publication(issuer, now, random));
            default ->
                governed.tryEnact(
                        random.nextInt(4) == 0 ? new WithdrawIssuer(issuer) : new Delegate(PARENT, Optional.empty()));
        }
    }

    private static PublishRules publication(IssuerId issuer, Instant now, Random random) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        Instant validFrom = now.plus(Duration.ofHours(40L + random.nextInt(72)));
        boolean emergency = random.nextBoolean();
        return new PublishRules(
                issuer,
                new RulesOffer(
                        new RulesVersion("1." + random.nextInt(9) + ".0"),
                        RulesDigest.of(digest),
                        validFrom,
                        emergency ? Optional.of(validFrom.plus(Duration.ofDays(13))) : Optional.empty(),
                        emergency));
    }

    private static Optional<PrivateJwk> keyOf(GovernedRegistry governed, IssuerId id) {
        return governed.registry().snapshot().issuer(id).stream()
                .flatMap(issuer -> issuer.keys().stream())
                .flatMap(known -> KEYS.stream().filter(key -> key.publicJwk().equals(known.jwk())))
                .findFirst();
    }

    private static Optional<IssuerId> ownerOf(GovernedRegistry governed, KeyId kid) {
        return governed.registry().snapshot().issuers().stream()
                .filter(issuer ->
                        issuer.keys().stream().anyMatch(key -> key.id().equals(kid)))
                .map(RegisteredIssuer::id)
                .findFirst();
    }
}
