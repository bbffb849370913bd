package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.GUANGDONG;
import static dev.hutong.registry.Fixtures.HANGZHOU;
import static dev.hutong.registry.Fixtures.NOW;
import static dev.hutong.registry.Fixtures.P256;
import static dev.hutong.registry.Fixtures.PROVIDERS;
import static dev.hutong.registry.Fixtures.SM2;
import static dev.hutong.registry.Fixtures.activated;
import static dev.hutong.registry.Fixtures.registered;
import static dev.hutong.registry.Fixtures.resumed;
import static dev.hutong.registry.Fixtures.revoked;
import static dev.hutong.registry.Fixtures.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.merkle.MerkleTree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private final InMemoryRegistryLog log = new InMemoryRegistryLog();
    private Instant now = NOW;
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    private final Registry registry =
            Registry.open(log, PROVIDERS, () -> now, MerkleTree.empty().checkpoint(), nanos::get);

    @Test
    void whatIsAppendedIsInTheSnapshotAtOnce() {
        append(registered(GUANGDONG), activated(GUANGDONG, P256));
        assertThat(registry.snapshot().issuer(GUANGDONG)).isPresent();
        assertThat(registry.snapshot().checkpoint().size()).isEqualTo(2);
    }

    @Test
    void whatAnotherHubAppendedIsThereAfterARefresh() {
        log.put(RegistryEventCodec.encode(registered(GUANGDONG)));
        assertThat(registry.snapshot().issuer(GUANGDONG)).isEmpty();
        assertThat(registry.refresh()).isSameAs(registry.snapshot());
        assertThat(registry.snapshot().issuer(GUANGDONG)).isPresent();
    }

    @Test
    void aLogOfManyBatchesIsFoldedToItsEnd() {
        append(registered(GUANGDONG));
        for (int i = 0; i < 1_250; i++) {
            log.put(RegistryEventCodec.encode(suspended(GUANGDONG)));
            log.put(RegistryEventCodec.encode(resumed(GUANGDONG)));
        }
        assertThat(registry.refresh().checkpoint().size()).isEqualTo(2_501);
    }

    @Test
    void anUnchangedLogLeavesTheSnapshotAndConfirmsIt() {
        RegistrySnapshot before = registry.snapshot();
        now = NOW.plusSeconds(5);
        assertThat(registry.confirmedAt()).isEqualTo(NOW);
        assertThat(registry.refresh()).isSameAs(before);
        assertThat(registry.confirmedAt()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void aFailedRefreshLeavesSnapshotAndConfirmationAsTheyWere() {
        append(registered(GUANGDONG));
        RegistrySnapshot before = registry.snapshot();
        now = NOW.plusSeconds(5);
        log.broken = true;
        assertThatThrownBy(registry::refresh).isInstanceOf(RegistryStorageException.class);
        assertThat(registry.snapshot()).isSameAs(before);
        assertThat(registry.confirmedAt()).isEqualTo(NOW);
        log.broken = false;
        registry.refresh();
        assertThat(registry.confirmedAt()).isEqualTo(now);
    }

    @Test
    void whereTheClockIsSetBackWhatCannotBeConfirmedGoesOnGrowingOld() {
        now = NOW.plusSeconds(5).minus(Duration.ofHours(1));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        log.broken = true;
        assertThatThrownBy(registry::refresh).isInstanceOf(RegistryStorageException.class);
        assertThat(registry.confirmedAt()).isEqualTo(NOW.minus(Duration.ofHours(1)));
    }

    @Test
    void whereTheClockIsSetForwardWhatCannotBeConfirmedIsAsOldAsItSays() {
        now = NOW.plus(Duration.ofHours(1));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        log.broken = true;
        assertThatThrownBy(registry::refresh).isInstanceOf(RegistryStorageException.class);
        assertThat(registry.confirmedAt()).isEqualTo(NOW);
    }

    @Test
    void aLogThatShrankIsCorrupt() {
        append(registered(GUANGDONG), registered(HANGZHOU));
        log.truncate(1);
        assertThatThrownBy(registry::refresh).isInstanceOf(CorruptRegistryException.class);
        assertThat(registry.snapshot().issuer(HANGZHOU)).isPresent();
    }

    @Test
    void aCorruptLogIsNotOpened() {
        log.put("{}");
        assertThatThrownBy(() -> Registry.open(log, PROVIDERS, () -> now)).isInstanceOf(CorruptRegistryException.class);
    }

    @Test
    void anAppendThatMeetsAnotherIsDecidedAnew() {
        log.beforeAppend = () -> log.put(RegistryEventCodec.encode(registered(HANGZHOU)));
        append(registered(GUANGDONG));
        assertThat(registry.snapshot().issuers()).hasSize(2);
        log.beforeAppend = () -> log.put(RegistryEventCodec.encode(activated(HANGZHOU, P256)));
        assertThat(refusal(activated(GUANGDONG, P256))).isEqualTo(Ground.KEY_ALREADY_REGISTERED);
    }

    @Test
    void whatIsRefusedIsNotAppendedNorWhatStoodBesideIt() {
        assertThat(registry.append(List.of(registered(GUANGDONG), registered(GUANGDONG))))
                .isInstanceOf(Registry.Refused.class);
        assertThat(log.size()).isZero();
    }

    @Test
    void anIssuerIsRegisteredOnce() {
        append(registered(GUANGDONG));
        assertThat(refusal(registered(GUANGDONG))).isEqualTo(Ground.ISSUER_ALREADY_REGISTERED);
    }

    @Test
    void onlyARegisteredIssuerHasALife() {
        for (RegistryEvent event : List.of(
                suspended(GUANGDONG),
                resumed(GUANGDONG),
                activated(GUANGDONG, P256),
                revoked(GUANGDONG, P256, RevocationReason.CEASED, NOW))) {
            assertThat(refusal(event)).isEqualTo(Ground.UNKNOWN_ISSUER);
        }
    }

    @Test
    void suspensionAndResumptionAlternate() {
        append(registered(GUANGDONG));
        assertThat(refusal(resumed(GUANGDONG))).isEqualTo(Ground.NOT_SUSPENDED);
        append(suspended(GUANGDONG));
        assertThat(refusal(suspended(GUANGDONG))).isEqualTo(Ground.ALREADY_SUSPENDED);
        append(resumed(GUANGDONG));
    }

    @Test
    void aKeyIsRegisteredOnceForEverUnderAnyIssuer() {
        append(registered(GUANGDONG), registered(HANGZHOU), activated(GUANGDONG, P256));
        assertThat(refusal(activated(GUANGDONG, P256))).isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        assertThat(refusal(activated(HANGZHOU, P256))).isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        append(revoked(GUANGDONG, P256, RevocationReason.CEASED, NOW));
        assertThat(refusal(activated(HANGZHOU, P256))).isEqualTo(Ground.KEY_ALREADY_REGISTERED);
    }

    @Test
    void aKeyThatCouldNeverSignIsRefused() {
        append(registered(GUANGDONG));
        assertThat(refusal(activated(GUANGDONG, P256, NOW, NOW))).isEqualTo(Ground.EMPTY_VALIDITY);
        append(activated(GUANGDONG, P256, NOW, NOW.plusNanos(1)));
    }

    @Test
    void onlyAnIssuersOwnKeyIsRevoked() {
        append(registered(GUANGDONG), registered(HANGZHOU), activated(GUANGDONG, P256));
        assertThat(refusal(revoked(HANGZHOU, P256, RevocationReason.CEASED, NOW)))
                .isEqualTo(Ground.UNKNOWN_KEY);
        assertThat(refusal(revoked(GUANGDONG, SM2, RevocationReason.CEASED, NOW)))
                .isEqualTo(Ground.UNKNOWN_KEY);
    }

    @Test
    void aRevocationOnlyBecomesStricter() {
        append(registered(GUANGDONG), activated(GUANGDONG, P256));
        append(revoked(GUANGDONG, P256, RevocationReason.SUPERSEDED, NOW));
        for (Instant notEarlier : List.of(NOW, NOW.plusSeconds(1))) {
            assertThat(refusal(revoked(GUANGDONG, P256, RevocationReason.CEASED, notEarlier)))
                    .isEqualTo(Ground.REVOCATION_NOT_STRICTER);
        }
        append(revoked(GUANGDONG, P256, RevocationReason.CEASED, NOW.minusNanos(1)));
        append(revoked(GUANGDONG, P256, RevocationReason.COMPROMISED, NOW));
        assertThat(refusal(revoked(GUANGDONG, P256, RevocationReason.COMPROMISED, Instant.EPOCH)))
                .isEqualTo(Ground.REVOCATION_NOT_STRICTER);
    }

    @Test
    void aPlatformThatBreaksTheRuleIsRefusedWithTheRemedy() {
        assertThat(registry.append(List.of(registered(GUANGDONG, "http://platform.example"))))
                .isInstanceOfSatisfying(Registry.Refused.class, refused -> {
                    assertThat(refused.why().ground()).isEqualTo(Ground.PLATFORM_NOT_ALLOWED);
                    assertThat(refused.why().detail()).contains("use https://");
                });
    }

    @Test
    void textsAreOneLineWithAUtf8Form() {
        for (String name : List.of("", " ", "a\nb", "a\u0000", "\ud800", "x".repeat(501))) {
            assertThat(refusal(new IssuerRegistered(NOW, GUANGDONG, name, Optional.empty())))
                    .isEqualTo(Ground.MALFORMED_TEXT);
        }
        append(new IssuerRegistered(NOW, GUANGDONG, "😀".repeat(250), Optional.empty()));
        assertThat(refusal(new IssuerSuspended(NOW, GUANGDONG, ""))).isEqualTo(Ground.MALFORMED_TEXT);
        assertThat(refusal(new KeyActivated(NOW, GUANGDONG, P256.publicJwk(), Optional.empty(), Optional.empty(), "")))
                .isEqualTo(Ground.MALFORMED_TEXT);
    }

    @Test
    void aStoreThatTookNothingIsRememberedUntilItTakesSomething() {
        log.full = true;
        assertThatThrownBy(() -> append(registered(GUANGDONG))).isExactlyInstanceOf(RegistryStorageException.class);
        registry.refresh();
        assertThat(registry.writeFault()).isPresent();

        log.full = false;
        append(registered(GUANGDONG));
        assertThat(registry.writeFault()).isEmpty();
    }

    @Test
    void aStoreThatTookNothingIsRememberedUntilATrialShowsThatItWould() {
        log.full = true;
        assertThatThrownBy(() -> append(registered(GUANGDONG))).isInstanceOf(RegistryStorageException.class);
        registry.tryStore();
        assertThat(registry.writeFault()).isPresent();

        log.full = false;
        registry.tryStore();
        assertThat(registry.writeFault()).isEmpty();
        assertThat(log.size()).isZero();
    }

    @Test
    void aStoreThatNothingWasWrittenToIsNotTried() {
        log.full = true;
        registry.tryStore();
        assertThat(registry.writeFault()).isEmpty();
    }

    @Test
    void whatWasKeptAndCannotBeReadBackIsUncertainAndThereOnceItCan() {
        log.breaksOnceKept = true;
        assertThatThrownBy(() -> append(registered(GUANGDONG))).isInstanceOf(UncertainAppendException.class);
        assertThat(registry.snapshot().issuer(GUANGDONG)).isEmpty();

        log.breaksOnceKept = false;
        log.broken = false;
        registry.refresh();
        assertThat(registry.snapshot().issuer(GUANGDONG)).isPresent();
        assertThat(refusal(registered(GUANGDONG))).isEqualTo(Ground.ISSUER_ALREADY_REGISTERED);
    }

    @Test
    void aStoreThatFailsIsAnExceptionAndClosingClosesTheLog() {
        log.broken = true;
        assertThatThrownBy(() -> registry.append(List.of(registered(GUANGDONG))))
                .isInstanceOf(RegistryStorageException.class);
        registry.close();
        assertThat(log.closed).isTrue();
    }

    private void append(RegistryEvent... events) {
        assertThat(registry.append(List.of(events))).isInstanceOf(Registry.Appended.class);
    }

    private Ground refusal(RegistryEvent event) {
        Registry.Outcome outcome = registry.append(List.of(event));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Registry.Refused.class,
                        refused -> assertThat(refused.why().detail()).isNotBlank());
        return ((Registry.Refused) outcome).why().ground();
    }
}
