package dev.hutong.registry.snapshot;

import static dev.hutong.registry.snapshot.FakeHub.ISSUER;
import static dev.hutong.registry.snapshot.FakeHub.ISSUER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.GovernedRegistry;
import dev.hutong.registry.History;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.IssuerStanding;
import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.KeyState;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.snapshot.SyncOutcome.Ground;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What other gateways got wrong when they handed their registries on, each with its row of the list of their defects. */
class PeersDefectsSnapshotTest {
    private static final IssuerId OTHER = new IssuerId("330100.hangzhou");
    private static final PrivateJwk OTHER_ISSUERS_KEY = Keys.generated(SignatureAlgorithm.SM2, 760);
    private static final KeyId KID = KeyId.of(ISSUER_KEY.publicJwk());

    private final FakeHub hub = FakeHub.withIssuer();
    private final Client client = new Client();

    @Test
    void row5TheHistoryOfAnIssuerIsHandedOnItsLatestStationsAndTheFirst() {
        hub.governed.enact(new SuspendIssuer(ISSUER));
        hub.governed.enact(new ResumeIssuer(ISSUER));
        assertThat(statuses(client.synced(hub)))
                .containsExactly(Status.REGISTERED, Status.SUSPENDED, Status.REGISTERED);

        for (int i = 0; i < 3; i++) {
            hub.governed.enact(new SuspendIssuer(ISSUER));
            hub.governed.enact(new ResumeIssuer(ISSUER));
        }
        SyncedRegistry registry = client.synced(hub);
        assertThat(statuses(registry))
                .containsExactly(
                        Status.REGISTERED, Status.SUSPENDED, Status.REGISTERED, Status.SUSPENDED, Status.REGISTERED);
        assertThat(registry.issuers().getFirst().registeredAt())
                .isEqualTo(hub.governed
                        .registry()
                        .snapshot()
                        .issuer(ISSUER)
                        .orElseThrow()
                        .registeredAt());
    }

    private static List<Status> statuses(SyncedRegistry registry) {
        List<Status> statuses = new ArrayList<>();
        for (History<IssuerStanding> one = registry.issuers().getFirst().standing(); one != null; one = one.earlier()) {
            statuses.add(one.state().status());
        }
        return statuses;
    }

    @Test
    void row6WhoWasAwayForMonthsLearnsThatAnIssuerLeft() {
        client.synced(hub);
        hub.governed.enact(new WithdrawIssuer(ISSUER));
        hub.governed.pass(Duration.ofDays(365));
        for (int i = 0; i < FakeHub.REACH; i++) {
            hub.governed.register(
                    new IssuerId("1100" + (10 + i) + ".city"), Keys.generated(SignatureAlgorithm.EDDSA, 770 + i));
        }

        SyncedRegistry registry = client.synced(hub);

        assertThat(hub.snapshots).as("the difference lay too far back").isEqualTo(2);
        assertThat(registry.issuers()).anySatisfy(issuer -> {
            assertThat(issuer.id()).isEqualTo(ISSUER);
            assertThat(issuer.status()).isEqualTo(Status.WITHDRAWN);
        });
    }

    @Test
    void row8SeveralChangesInOneSecondAreNeitherSkippedNorRepeated() {
        client.synced(hub);
        hub.governed.register(OTHER, OTHER_ISSUERS_KEY);
        assertThat(client.synced(hub).changesSince(4)).isEqualTo(new SyncedRegistry.Changes(1, 1));
        hub.governed.enact(new SuspendIssuer(OTHER));
        assertThat(client.synced(hub).changesSince(7)).isEqualTo(new SyncedRegistry.Changes(1, 0));
        assertThat(client.unchanged(hub).changesSince(10)).isEqualTo(new SyncedRegistry.Changes(0, 0));
    }

    @Test
    void row12ABadAnswerLeavesAllThatWasHeld() {
        client.synced(hub);
        Optional<String> kept = client.snapshot;
        hub.suspendIssuer();
        hub.insteadOfDelta = FakeHub.ok("eyJ");

        client.assertRefused(hub, Ground.MALFORMED);

        assertThat(client.snapshot).isEqualTo(kept);
    }

    @Test
    void row14EveryKeyThatIsNotGoodIsListedWithItsReason() {
        PrivateJwk ends = Keys.generated(SignatureAlgorithm.EDDSA, 761);
        hub.governed.register(OTHER, OTHER_ISSUERS_KEY);
        hub.governed.enact(new RevokeKey(ISSUER, KID, RevocationReason.SUPERSEDED, hub.governed.now(), false));
        hub.governed.enact(
                new AddKey(
                        OTHER,
                        new KeyOffer(
                                ends.publicJwk(),
                                Optional.empty(),
                                Optional.of(hub.governed.now().plus(Duration.ofDays(10))),
                                Optional.of(hub.governed.now().plus(Duration.ofDays(20))))),
                ends,
                OTHER_ISSUERS_KEY);
        hub.governed.pass(Duration.ofDays(20));

        List<Refusal> refused = client.synced(hub).refused();

        assertThat(refused)
                .extracting(Refusal::ground)
                .containsExactly(Refusal.Ground.KEY_EXPIRED, Refusal.Ground.KEY_REVOKED);
        assertThat(refused.getFirst().reason()).contains("2026-01-25");
        assertThat(refused.getLast().reason()).contains("superseded", "2026-01-05T08:00:00Z", "because");
        hub.governed.enact(new SuspendIssuer(OTHER));
        assertThat(client.synced(hub).refused())
                .filteredOn(refusal -> refusal.issuer().equals(OTHER))
                .as("the issuer and both its keys")
                .hasSize(3)
                .allSatisfy(refusal -> {
                    assertThat(refusal.ground()).isEqualTo(Refusal.Ground.ISSUER_SUSPENDED);
                    assertThat(refusal.reason()).contains("suspended since", "because");
                });
    }

    @Test
    void aPlannedEndOfAKeyIsNoRefusalBeforeItComes() {
        Instant end = hub.governed.now().plus(Duration.ofDays(3));
        hub.governed.enact(new RevokeKey(ISSUER, KID, RevocationReason.SUPERSEDED, end, false));
        assertThat(client.synced(hub).refused()).isEmpty();
        hub.governed.pass(Duration.ofDays(3));
        assertThat(client.unchanged(hub).refused())
                .extracting(Refusal::ground)
                .containsExactly(Refusal.Ground.KEY_REVOKED);
    }

    @Test
    void row14TheSignedSnapshotItselfSaysWhatIsNotGood() throws Exception {
        hub.suspendIssuer();

        var refused =
                CompactJws.read(hub.publication.snapshot().jws()).payload().get("refused");

        assertThat(refused.findValuesAsText("ground")).containsExactly("ISSUER_SUSPENDED", "ISSUER_SUSPENDED");
        assertThat(refused.findValuesAsText("reason"))
                .allSatisfy(reason -> assertThat(reason).contains("because"));
    }

    @Test
    void row15OneRequestTakesEverythingOverAndOneMoreWhatChanged() {
        for (int i = 0; i < 5; i++) {
            hub.governed.register(
                    new IssuerId("11000" + i + ".city"), Keys.generated(SignatureAlgorithm.EDDSA, 770 + i));
        }
        client.synced(hub);
        assertThat(hub.snapshots + hub.deltas).isEqualTo(1);
        hub.governed.enact(new WithdrawIssuer(new IssuerId("110002.city")));
        SyncedRegistry registry = client.synced(hub);
        assertThat(hub.snapshots + hub.deltas).isEqualTo(2);
        assertThat(registry.issuers())
                .as("a deletion cuts off nothing behind it")
                .hasSize(6);
    }

    @Test
    void row15OneIssuerThatCannotBeUnderstoodSpoilsNoOther() {
        hub.governed.register(OTHER, OTHER_ISSUERS_KEY);
        ObjectNode json = Entries.of(hub.governed.registry().snapshot()).toJson();
        ((ObjectNode) json.at("/issuers/0/standing/0")).put("status", "SEMI_TRUSTED");
        Entries entries = SnapshotSyncTest.read(json);
        Claims honest = hub.claims();

        SyncedRegistry registry = SyncedRegistry.of(
                new SyncedRegistry.Received("", Optional.empty(), honest, entries),
                FakeHub.HUB_KEY.publicJwk(),
                GovernedRegistry.PROVIDERS,
                hub.governed.now());

        assertThat(registry.issuers())
                .singleElement()
                .matches(issuer -> issuer.id().equals(ISSUER));
        assertThat(registry.quarantined())
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).contains("status"));
    }

    @Test
    void row16ARevocationNeverRegresses() {
        String before = hub.publication.snapshot().jws();
        hub.governed.enact(new RevokeKey(ISSUER, KID, RevocationReason.COMPROMISED, hub.governed.now(), false));
        assertThat(stateOfKey(client.synced(hub))).isEqualTo(KeyState.REVOKED);
        hub.insteadOfSnapshot = FakeHub.ok(before);
        client.withoutCopy().assertRefused(hub, Ground.ROLLBACK);
        hub.insteadOfSnapshot = null;
        hub.governed.register(OTHER, OTHER_ISSUERS_KEY);
        assertThat(stateOfKey(client.synced(hub))).isEqualTo(KeyState.REVOKED);
    }

    @Test
    void row17AKeyUnderAnotherKidOrTwiceIsNotTaken() {
        ObjectNode json = Entries.of(hub.governed.registry().snapshot()).toJson();
        ((ObjectNode) json.at("/keys/0")).put("kid", "Key1PRO");
        ((ObjectNode) json.at("/keys/0/jwk")).remove("kid");
        SyncedRegistry registry = SyncedRegistry.of(
                new SyncedRegistry.Received("", Optional.empty(), hub.claims(), SnapshotSyncTest.read(json)),
                FakeHub.HUB_KEY.publicJwk(),
                GovernedRegistry.PROVIDERS,
                hub.governed.now());
        assertThat(registry.issuers().getFirst().keys()).isEmpty();
        assertThat(registry.quarantined())
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).contains("thumbprint"));

        ObjectNode twice = Entries.of(hub.governed.registry().snapshot()).toJson();
        twice.withArray("keys").add(twice.at("/keys/0").deepCopy());
        assertThatThrownBy(() -> SnapshotSyncTest.read(twice)).hasMessageContaining("twice");
    }

    private static KeyState stateOfKey(SyncedRegistry registry) {
        RegisteredKey key = registry.issuers().stream()
                .filter(issuer -> issuer.id().equals(ISSUER))
                .findFirst()
                .orElseThrow()
                .keys()
                .getFirst();
        return key.stateAt(registry.at());
    }
}
