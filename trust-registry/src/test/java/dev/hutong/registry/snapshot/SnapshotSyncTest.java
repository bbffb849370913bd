package dev.hutong.registry.snapshot;

import static dev.hutong.registry.snapshot.FakeHub.HUB_KEY;
import static dev.hutong.registry.snapshot.FakeHub.ISSUER;
import static dev.hutong.registry.snapshot.FakeHub.ISSUER_KEY;
import static dev.hutong.registry.snapshot.FakeHub.ok;
import static dev.hutong.registry.snapshot.FakeHub.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.GovernedRegistry;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.snapshot.SyncOutcome.Ground;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a client takes, and every attack on it that it detects. */
class SnapshotSyncTest {
    private static final PrivateJwk OTHER_KEY = Keys.generated(SignatureAlgorithm.ES256, 702);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeHub hub = FakeHub.withIssuer();
    private final Client client = new Client();

    @Test
    void theFirstVisitTakesTheWholeSnapshot() {
        SyncedRegistry registry = client.synced(hub);

        assertThat(registry.issuers()).singleElement().satisfies(issuer -> {
            assertThat(issuer.id()).isEqualTo(ISSUER);
            assertThat(issuer.keys())
                    .singleElement()
                    .satisfies(key -> assertThat(key.jwk()).isEqualTo(ISSUER_KEY.publicJwk()));
        });
        assertThat(registry.quarantined()).isEmpty();
        assertThat(registry.late()).isFalse();
        assertThat(client.sequence()).isEqualTo(4);
    }

    @Test
    void aLaterVisitAsksForTheDifferenceOnly() {
        client.synced(hub);
        hub.suspendIssuer();

        SyncedRegistry registry = client.synced(hub);

        assertThat(hub.snapshots).isEqualTo(1);
        assertThat(registry.issuers()).singleElement().matches(issuer -> issuer.suspended());
        assertThat(registry.changesSince(4)).isEqualTo(new SyncedRegistry.Changes(1, 0));
        assertThat(registry.refused()).hasSize(2);
        assertThat(registry.received().entries().canonical())
                .isEqualTo(Entries.of(hub.governed.registry().snapshot()).canonical());
    }

    @Test
    void whereNothingHappenedItIsUnchangedAndItsFreshnessIsTakenOver() {
        client.synced(hub);
        hub.governed.pass(Duration.ofMinutes(6));

        assertThat(client.unchanged(hub).held().newest().issuedAt()).isEqualTo(hub.governed.now());
    }

    @Test
    void aDifferenceThatLiesTooFarBackIsMadeGoodByTheWhole() {
        client.synced(hub);
        hub.insteadOfDelta = status(410);
        hub.suspendIssuer();

        client.synced(hub);

        assertThat(hub.snapshots).isEqualTo(2);
        assertThat(client.sequence()).isEqualTo(7);
    }

    @Test
    void aCopyThatWasDamagedIsFetchedAnew() {
        client.synced(hub);
        client.snapshot = client.snapshot.map(jws -> jws.substring(0, jws.length() - 2));
        client.unchanged(hub);

        assertThat(hub.snapshots).isEqualTo(2);
    }

    @Test
    void rollbackToALowerSequenceIsRefused() {
        String old = hub.publication.snapshot().jws();
        hub.suspendIssuer();
        client.synced(hub);
        hub.insteadOfSnapshot = ok(old);

        client.withoutCopy().assertRefused(hub, Ground.ROLLBACK);
    }

    @Test
    void aHubWhoseLogShrankIsRefused() {
        client.synced(hub);
        hub.insteadOfDelta = status(409);

        client.assertRefused(hub, Ground.ROLLBACK);
    }

    @Test
    void anEarlierIssueOfTheSameSequenceIsRefused() {
        String old = hub.publication.snapshot().jws();
        hub.governed.pass(Duration.ofMinutes(6));
        client.synced(hub);
        hub.insteadOfSnapshot = ok(old);

        client.withoutCopy().assertRefused(hub, Ground.ROLLBACK);
    }

    @Test
    void aFrozenSnapshotIsToldOfFromItsNextUpdateOnAndRefusedFromItsExpiryOn() {
        hub.insteadOfSnapshot = ok(hub.publication.snapshot().jws());
        hub.governed.pass(FakeHub.FRESHNESS.nextUpdate().minus(SECOND));
        assertThat(client.withoutCopy().synced(hub).late()).isFalse();
        hub.governed.pass(SECOND);
        assertThat(client.withoutCopy().unchanged(hub).late()).isTrue();
        hub.governed.pass(FakeHub.FRESHNESS
                .expires()
                .minus(FakeHub.FRESHNESS.nextUpdate())
                .minus(SECOND));
        assertThat(client.withoutCopy().unchanged(hub).late()).isTrue();
        hub.governed.pass(SECOND);
        client.withoutCopy().assertRefused(hub, Ground.EXPIRED);
    }

    @Test
    void aSnapshotFromTheFutureIsRefused() {
        hub.governed.pass(Duration.ofMinutes(2));
        hub.insteadOfSnapshot = ok(hub.publication.snapshot().jws());
        hub.governed.pass(Duration.ofMinutes(-1));
        client.synced(hub);
        hub.governed.pass(SECOND.negated());
        client.withoutCopy().assertRefused(hub, Ground.FROM_THE_FUTURE);
    }

    @Test
    void anotherHistoryOfTheSameLengthIsAFork() {
        client.synced(hub);
        FakeHub other = new FakeHub();
        other.governed.register(new IssuerId("110000.jiankangbao"), OTHER_KEY);

        client.withoutCopy().assertRefused(other, Ground.FORK);
    }

    @Test
    void otherEntriesForTheSameRootAreAFork() {
        client.synced(hub);
        Claims honest = hub.claims();
        Entries entries = Entries.of(new FakeHub().governed.registry().snapshot());
        hub.insteadOfSnapshot = signed(with(honest, honest.checkpoint(), entries.digest()), entries);

        client.withoutCopy().assertRefused(hub, Ground.FORK);
    }

    @Test
    void aLongerHistoryThatDoesNotBeginWithTheOneSeenIsAFork() {
        client.synced(hub);
        FakeHub other = new FakeHub();
        other.governed.register(new IssuerId("110000.jiankangbao"), OTHER_KEY);
        other.governed.register(ISSUER, ISSUER_KEY);

        client.withoutCopy().assertRefused(other, Ground.FORK);
    }

    @Test
    void aDifferenceOfAnotherHistoryIsRefused() {
        client.synced(hub);
        FakeHub other = new FakeHub();
        other.governed.register(new IssuerId("110000.jiankangbao"), OTHER_KEY);
        other.governed.register(ISSUER, Keys.generated(SignatureAlgorithm.EDDSA, 703));

        client.assertRefused(other, Ground.DIGEST_MISMATCH);
    }

    @Test
    void aHubWithoutProofsIsRefusedUnlessNothingChanged() {
        client.synced(hub);
        hub.insteadOfProof = status(404);
        client.unchanged(hub);
        hub.suspendIssuer();
        client.assertRefused(hub, Ground.NO_PROOF);
        for (String nonsense : new String[] {"", "[]", "{\"proof\":7}", "{\"proof\":[\"x\"]}", "{\"proof\":[null]}"}) {
            hub.insteadOfProof = ok(nonsense);
            client.assertRefused(hub, Ground.NO_PROOF);
        }
        hub.insteadOfProof = ok("{\"proof\":[]}");
        client.assertRefused(hub, Ground.FORK);
        hub.insteadOfProof = null;
        client.synced(hub);
    }

    @Test
    void anotherHubsKeyIsRefused() {
        client.hubKey = OTHER_KEY.publicJwk();
        client.assertRefused(hub, Ground.OTHER_KEY);
    }

    @Test
    void aKeyThatTakesTheHubsNameIsRefused() {
        Entries entries = Entries.of(hub.governed.registry().snapshot());
        ObjectNode payload = hub.claims().toJson();
        payload.set("entries", entries.toJson());
        hub.insteadOfSnapshot = ok(CompactJws.sign(
                SnapshotSigner.SNAPSHOT_TYPE,
                HUB_KEY.publicJwk().kid(),
                CanonicalJson.octets(payload),
                GovernedRegistry.PROVIDERS.signer(OTHER_KEY)));

        client.assertRefused(hub, Ground.BAD_SIGNATURE);
    }

    @Test
    void anotherHubsNameIsRefused() {
        client.synced(hub);
        SnapshotSigner renamed =
                new SnapshotSigner("elsewhere", FakeHub.FRESHNESS, HUB_KEY, GovernedRegistry.PROVIDERS);
        var snapshot = hub.governed.registry().snapshot();
        Entries entries = Entries.of(snapshot);
        hub.insteadOfSnapshot =
                ok(renamed.snapshot(renamed.claims(snapshot, entries, hub.governed.now()), entries, snapshot)
                        .jws());

        client.withoutCopy().assertRefused(hub, Ground.OTHER_HUB);
    }

    @Test
    void anotherLogsNameIsRefused() {
        client.synced(hub);
        Claims honest = hub.claims();
        Entries entries = Entries.of(hub.governed.registry().snapshot());
        hub.insteadOfSnapshot = signed(
                new Claims(
                        honest.hub(),
                        honest.issuedAt(),
                        honest.nextUpdate(),
                        honest.expires(),
                        Optional.of("log.example/other"),
                        honest.checkpoint(),
                        honest.digest()),
                entries);

        client.withoutCopy().assertRefused(hub, Ground.OTHER_LOG);
    }

    @Test
    void aDifferenceForAnotherBaseIsRefused() {
        client.synced(hub);
        hub.suspendIssuer();
        hub.insteadOfDelta = hub.delta(3);

        client.assertRefused(hub, Ground.OTHER_BASE);
    }

    @Test
    void entriesThatAreNotThoseOfTheDigestAreRefused() {
        Claims honest = hub.claims();
        Entries fewer = Entries.of(new FakeHub().governed.registry().snapshot());
        hub.insteadOfSnapshot = signed(honest, fewer);

        client.assertRefused(hub, Ground.DIGEST_MISMATCH);
    }

    @Test
    void aSnapshotThatIsCutOffAnywhereIsRefused() {
        String jws = hub.publication.snapshot().jws();
        for (int length = 0; length < jws.length(); length += length < jws.length() - 90 ? 89 : 1) {
            hub.insteadOfSnapshot = ok(jws.substring(0, length));
            assertThat(client.visit(hub))
                    .isInstanceOfSatisfying(
                            SyncOutcome.Refused.class,
                            refused -> assertThat(refused.ground()).isIn(Ground.MALFORMED, Ground.BAD_SIGNATURE));
        }
    }

    @Test
    void aPayloadThatWasChangedIsRefused() {
        String jws = hub.publication.snapshot().jws();
        int middle = jws.length() / 2;
        char other = jws.charAt(middle) == 'A' ? 'B' : 'A';
        hub.insteadOfSnapshot = ok(jws.substring(0, middle) + other + jws.substring(middle + 1));

        assertThat(client.visit(hub)).isInstanceOf(SyncOutcome.Refused.class);
    }

    @Test
    void aDifferenceInThePlaceOfASnapshotIsRefusedAndTheOtherWayRound() {
        hub.insteadOfSnapshot = hub.delta(4);
        client.assertRefused(hub, Ground.MALFORMED);
        hub.insteadOfSnapshot = null;
        client.synced(hub);
        hub.insteadOfDelta = hub.snapshot();
        client.assertRefused(hub, Ground.MALFORMED);
    }

    @Test
    void claimsThatContradictOneAnotherAreRefused() {
        ObjectNode payload = hub.claims().toJson().put("sequence", 5);
        payload.set("entries", Entries.of(hub.governed.registry().snapshot()).toJson());
        hub.insteadOfSnapshot = signed(payload);
        client.assertRefused(hub, Ground.MALFORMED);
        payload.put("sequence", 4).put("exp", payload.get("iat").longValue());
        hub.insteadOfSnapshot = signed(payload);
        client.assertRefused(hub, Ground.MALFORMED);
    }

    @Test
    void aHubThatGivesNothingIsRefused() {
        for (int status : new int[] {400, 404, 500, 503, 302}) {
            hub.insteadOfSnapshot = status(status);
            client.assertRefused(hub, Ground.NO_SNAPSHOT);
        }
    }

    @Test
    void aKeyOnAnUnknownCurveIsQuarantinedAndTheRestIsUsed() {
        PrivateJwk second = Keys.generated(SignatureAlgorithm.EDDSA, 704);
        hub.governed.register(new IssuerId("110000.jiankangbao"), second);
        ObjectNode json = Entries.of(hub.governed.registry().snapshot()).toJson();
        for (var entry : json.withArray("keys")) {
            if (entry.get("issuer").textValue().equals(ISSUER.value())) {
                ((ObjectNode) entry.get("jwk")).put("crv", "P-521");
            }
        }
        Entries entries = read(json);
        Claims honest = hub.claims();
        hub.insteadOfSnapshot = signed(with(honest, honest.checkpoint(), entries.digest()), entries);

        SyncedRegistry registry = client.synced(hub);

        assertThat(registry.quarantined()).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("key " + ISSUER_KEY.publicJwk().kid());
            assertThat(one.reason()).contains("P-521", "P-256");
        });
        assertThat(registry.issuers())
                .extracting(issuer -> issuer.keys().size())
                .containsExactly(1, 0);
    }

    @Test
    void whatIsHeldSurvivesBeingWrittenDown() {
        client.synced(hub);
        Held held = client.held.orElseThrow();

        assertThat(Held.of(held.toJson())).isEqualTo(held);
    }

    private static Claims with(Claims claims, Checkpoint checkpoint, String digest) {
        return new Claims(
                claims.hub(),
                claims.issuedAt(),
                claims.nextUpdate(),
                claims.expires(),
                claims.origin(),
                checkpoint,
                digest);
    }

    private HubSource.Answer signed(Claims claims, Entries entries) {
        return ok(hub.signer
                .snapshot(claims, entries, hub.governed.registry().snapshot())
                .jws());
    }

    private static HubSource.Answer signed(ObjectNode payload) {
        return ok(CompactJws.sign(
                SnapshotSigner.SNAPSHOT_TYPE,
                HUB_KEY.publicJwk().kid(),
                CanonicalJson.octets(payload),
                GovernedRegistry.PROVIDERS.signer(HUB_KEY)));
    }

    static Entries read(ObjectNode json) {
        try {
            return Entries.read(json);
        } catch (Members.MalformedException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
