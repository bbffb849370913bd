package dev.hutong.registry.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.snapshot.SnapshotPublication.Difference;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SnapshotPublicationTest {
    private static final Duration RENEWAL = FakeHub.FRESHNESS.nextUpdate().dividedBy(2);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeHub hub = FakeHub.withIssuer();
    private final SnapshotPublication publication = hub.publication;

    private Instant issuedAt() {
        return claimsOf(publication.snapshot());
    }

    private static Instant claimsOf(SignedSnapshot snapshot) {
        try {
            return Claims.read(CompactJws.read(snapshot.jws()).payload()).issuedAt();
        } catch (Members.MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneSizeOfTheLogIsSignedOnceUntilTheNextUpdateComesNear() {
        assertThat(publication.ready()).isEmpty();
        SignedSnapshot first = publication.snapshot();
        hub.governed.pass(RENEWAL.minus(SECOND));
        assertThat(publication.snapshot()).isEqualTo(first);
        assertThat(publication.ready()).contains(first);
        hub.governed.pass(SECOND);
        assertThat(publication.ready()).isEmpty();
        assertThat(publication.snapshot()).isNotEqualTo(first);
    }

    @Test
    void aChangeIsInTheNextSnapshot() {
        SignedSnapshot first = publication.snapshot();
        hub.suspendIssuer();
        assertThat(publication.ready()).isEmpty();
        assertThat(first.tag()).startsWith("4.");
        assertThat(publication.snapshot().tag()).startsWith("7.");
    }

    @Test
    void theTagNamesTheOctets() {
        SignedSnapshot first = publication.snapshot();
        hub.governed.pass(RENEWAL);
        assertThat(publication.snapshot().tag()).startsWith("4.").isNotEqualTo(first.tag());
        assertThat(SignedSnapshot.of(first.jws(), 4)).isEqualTo(first);
    }

    @Test
    void nothingIsIssuedAnewWhileTheLogCannotBeRead() {
        Instant seen = issuedAt();
        hub.governed.breakStore(true);
        hub.governed.passUnseen(Duration.ofHours(2));
        assertThat(issuedAt()).isEqualTo(seen);
        hub.governed.breakStore(false);
        hub.governed.pass(Duration.ZERO);
        assertThat(issuedAt()).isEqualTo(seen.plus(Duration.ofHours(2)));
    }

    @Test
    void aClockThatIsSetBackMakesNoOlderSnapshot() {
        Instant first = issuedAt();
        hub.governed.pass(SECOND.negated());
        hub.suspendIssuer();
        assertThat(issuedAt()).isEqualTo(first);
    }

    @Test
    void aDifferenceHasTheTimesOfItsSnapshot() {
        Instant issued = issuedAt();
        hub.governed.pass(RENEWAL.minus(SECOND));
        assertThat(publication.since(4))
                .isInstanceOfSatisfying(
                        Difference.Delta.class,
                        difference -> assertThat(claimsOf(difference.delta())).isEqualTo(issued));
        assertThat(publication.since(4)).isEqualTo(publication.since(4));
    }

    @Test
    void differencesReachBackAsFarAsConfigured() {
        for (int i = 0; i < 6; i++) {
            hub.governed.register(
                    new IssuerId("11000" + i + ".city"), Keys.generated(SignatureAlgorithm.EDDSA, 720 + i));
        }
        long size = hub.governed.registry().snapshot().checkpoint().size();
        assertThat(publication.since(size - FakeHub.REACH)).isInstanceOf(Difference.Delta.class);
        assertThat(publication.since(size - FakeHub.REACH - 1)).isEqualTo(new Difference.TooOld(size - FakeHub.REACH));
        assertThat(publication.since(size + 1)).isEqualTo(new Difference.Ahead(size));
        assertThat(publication.since(size)).isInstanceOf(Difference.Delta.class);
    }
}
