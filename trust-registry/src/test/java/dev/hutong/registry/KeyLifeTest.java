package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.ED25519;
import static dev.hutong.registry.Fixtures.GUANGDONG;
import static dev.hutong.registry.Fixtures.HANGZHOU;
import static dev.hutong.registry.Fixtures.NOW;
import static dev.hutong.registry.Fixtures.P256;
import static dev.hutong.registry.Fixtures.SM2;
import static dev.hutong.registry.Fixtures.idOf;
import static dev.hutong.registry.UnsignedRegistry.addition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.RegistryRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyLifeTest {
    private static final Instant NOT_BEFORE = NOW.plus(Duration.ofDays(1));
    private static final Instant SIGN_UNTIL = NOW.plus(Duration.ofDays(10));
    private static final Instant VERIFY_UNTIL = NOW.plus(Duration.ofDays(20));
    private static final Instant EARLIEST = NOW.plus(RegistryRules.DEFAULT.visibleFor());

    private final UnsignedRegistry registry = UnsignedRegistry.with(GUANGDONG, HANGZHOU);

    @ParameterizedTest
    @CsvSource({
        "0, 0, PRE_PUBLISHED",
        "1, -1, PRE_PUBLISHED",
        "1, 0, ACTIVE",
        "10, -1, ACTIVE",
        "10, 0, VERIFY_ONLY",
        "20, -1, VERIFY_ONLY",
        "20, 0, EXPIRED",
        "9999, 0, EXPIRED"
    })
    void aKeyGoesFromStateToStateAtItsOwnInstants(int days, int nanos, KeyState state) {
        publishBounded();
        assertThat(registry.key(P256).stateAt(NOW.plus(Duration.ofDays(days)).plusNanos(nanos)))
                .isEqualTo(state);
    }

    @Test
    void aKeysEndIsTheEarliestThatIsKnown() {
        publishBounded();
        assertThat(registry.key(P256).end()).contains(SIGN_UNTIL);
        registry.apply(new RevokeKey(GUANGDONG, idOf(P256), RevocationReason.SUPERSEDED, VERIFY_UNTIL, false));
        assertThat(registry.key(P256).end()).contains(SIGN_UNTIL);
        registry.apply(
                new RevokeKey(GUANGDONG, idOf(P256), RevocationReason.SUPERSEDED, SIGN_UNTIL.minusNanos(1), false));
        assertThat(registry.key(P256).end()).contains(SIGN_UNTIL.minusNanos(1));
        registry.apply(new RevokeKey(GUANGDONG, idOf(P256), RevocationReason.COMPROMISED, VERIFY_UNTIL, false));
        assertThat(registry.key(P256).end()).as("without regard to its cut-off").contains(NOW);
    }

    @Test
    void aKeyWithoutBoundsIsActiveForEver() {
        registry.apply(addition(GUANGDONG, P256));
        for (Instant instant : List.of(Instant.MIN, NOW, Instant.MAX)) {
            assertThat(registry.key(P256).stateAt(instant)).isEqualTo(KeyState.ACTIVE);
        }
    }

    @Test
    void whatAKeySignedInItsTimeIsGoodUntilVerifyUntilItselfExcluded() {
        publishBounded();
        RegisteredKey key = registry.key(P256);
        Instant last = VERIFY_UNTIL.minusNanos(1);
        assertThat(key.objectionTo("ES256", NOT_BEFORE.minusNanos(1), last)).contains(Rejection.KEY_NOT_VALID_YET);
        assertThat(key.objectionTo("ES256", NOT_BEFORE, last)).isEmpty();
        assertThat(key.objectionTo("ES256", SIGN_UNTIL.minusNanos(1), last)).isEmpty();
        assertThat(key.objectionTo("ES256", SIGN_UNTIL, last)).contains(Rejection.KEY_RETIRED);
        assertThat(key.objectionTo("ES256", NOT_BEFORE, VERIFY_UNTIL)).contains(Rejection.KEY_RETIRED);
    }

    @Test
    void revokedStandsBeforeExpiredBeforeSuspendedBeforeAllElse() {
        publishBounded();
        registry.apply(new SuspendKey(GUANGDONG, idOf(P256)));
        for (Instant instant : List.of(NOW, NOT_BEFORE, SIGN_UNTIL)) {
            assertThat(registry.key(P256).stateAt(instant)).isEqualTo(KeyState.SUSPENDED);
        }
        assertThat(registry.key(P256).stateAt(VERIFY_UNTIL)).isEqualTo(KeyState.EXPIRED);
        registry.apply(new RevokeKey(GUANGDONG, idOf(P256), RevocationReason.CEASED, SIGN_UNTIL, false));
        assertThat(registry.key(P256).stateAt(SIGN_UNTIL.minusNanos(1))).isEqualTo(KeyState.SUSPENDED);
        assertThat(registry.key(P256).stateAt(SIGN_UNTIL)).isEqualTo(KeyState.REVOKED);
        assertThat(registry.key(P256).stateAt(VERIFY_UNTIL)).isEqualTo(KeyState.REVOKED);
    }

    @Test
    void aKeyKnowsWhenItWasPublishedAndByWhichWay() {
        registry.now = NOW.plusSeconds(3);
        registry.apply(addition(GUANGDONG, P256));
        registry.now = NOW.plusSeconds(9);
        registry.apply(new SuspendKey(GUANGDONG, idOf(P256)));
        RegisteredKey key = registry.key(P256);
        assertThat(key.publishedAt()).isEqualTo(NOW.plusSeconds(3));
        assertThat(key.origin()).isEqualTo("a test");
        assertThat(key.standing().since()).isEqualTo(NOW.plusSeconds(9));
        assertThat(key.standing().state().reason()).isEqualTo("because");
        assertThat(registry.issuer(GUANGDONG).keys()).containsExactly(key);
    }

    @Test
    void aKeyThatCouldNeverSignIsRefused() {
        for (Instant signUntil : List.of(NOW, NOW.minusNanos(1))) {
            assertThat(registry.refusal(offered(P256, NOW, signUntil)).ground()).isEqualTo(Ground.EMPTY_VALIDITY);
        }
        registry.apply(offered(P256, NOW, NOW.plusNanos(1)));
    }

    @Test
    void theFirstKeyOfAnIssuerSignsAtOnce() {
        registry.apply(addition(GUANGDONG, P256));
        assertThat(registry.key(P256).notBefore()).isEmpty();
        assertThat(registry.stateOf(P256)).isEqualTo(KeyState.ACTIVE);
        registry.apply(new RegisterIssuer(
                new IssuerId("110000.a"),
                "a",
                Optional.empty(),
                Optional.empty(),
                Optional.of(KeyOffer.unbounded(SM2.publicJwk()))));
        assertThat(registry.stateOf(SM2)).isEqualTo(KeyState.ACTIVE);
    }

    @Test
    void aKeyBesideOneThatSignsIsSeenForTheRulesTimeBeforeItSigns() {
        registry.apply(addition(GUANGDONG, P256));
        registry.apply(addition(GUANGDONG, ED25519));
        assertThat(registry.key(ED25519).notBefore()).contains(EARLIEST);
        assertThat(registry.stateOf(ED25519)).isEqualTo(KeyState.PRE_PUBLISHED);
        assertThat(registry.key(ED25519).stateAt(EARLIEST)).isEqualTo(KeyState.ACTIVE);
        assertThat(registry.stateOf(P256)).isEqualTo(KeyState.ACTIVE);
    }

    @Test
    void aKeyBesideOneThatSignsCannotSignEarlierAndIsToldFromWhenOnItCould() {
        registry.apply(addition(GUANGDONG, P256));
        EventRefusal refusal = registry.refusal(offered(ED25519, EARLIEST.minusNanos(1), null));
        assertThat(refusal.ground()).isEqualTo(Ground.NOT_VISIBLE_LONG_ENOUGH);
        assertThat(refusal.detail()).contains(EARLIEST.toString());
        registry.apply(offered(ED25519, EARLIEST, null));
        registry.apply(offered(SM2, EARLIEST.plusNanos(1), null));
        assertThat(registry.key(SM2).notBefore()).contains(EARLIEST.plusNanos(1));
    }

    @Test
    void aKeyThatWouldEndBeforeItWasSeenLongEnoughCouldNeverSign() {
        registry.apply(addition(GUANGDONG, P256));
        assertThat(registry.refusal(offered(ED25519, null, EARLIEST)).ground()).isEqualTo(Ground.EMPTY_VALIDITY);
        registry.apply(offered(ED25519, null, EARLIEST.plusNanos(1)));
    }

    @Test
    void aReplacementWhereNoKeySignsIsNotMadeToWait() {
        registry.apply(addition(GUANGDONG, P256));
        registry.apply(new SuspendKey(GUANGDONG, idOf(P256)));
        registry.apply(addition(GUANGDONG, ED25519));
        assertThat(registry.stateOf(ED25519)).isEqualTo(KeyState.ACTIVE);
        registry.apply(new RevokeKey(GUANGDONG, idOf(ED25519), RevocationReason.COMPROMISED, NOW, false));
        registry.apply(offered(SM2, NOW.minusSeconds(1), null));
        assertThat(registry.stateOf(SM2)).isEqualTo(KeyState.ACTIVE);
    }

    @Test
    void anotherIssuersActiveKeyMakesNobodyWait() {
        registry.apply(addition(GUANGDONG, P256));
        registry.apply(addition(HANGZHOU, ED25519));
        assertThat(registry.stateOf(ED25519)).isEqualTo(KeyState.ACTIVE);
    }

    @Test
    void aKeyIsRegisteredOnceForEver() {
        registry.apply(addition(GUANGDONG, P256));
        registry.apply(new RevokeKey(GUANGDONG, idOf(P256), RevocationReason.CEASED, NOW, false));
        for (IssuerId issuer : List.of(GUANGDONG, HANGZHOU)) {
            EventRefusal refusal = registry.refusal(addition(issuer, P256));
            assertThat(refusal.ground()).isEqualTo(Ground.KEY_ALREADY_REGISTERED);
            assertThat(refusal.detail()).contains(GUANGDONG.value()).contains("generate a new one");
        }
    }

    private void publishBounded() {
        registry.apply(new AddKey(
                GUANGDONG,
                new KeyOffer(
                        P256.publicJwk(),
                        Optional.of(NOT_BEFORE),
                        Optional.of(SIGN_UNTIL),
                        Optional.of(VERIFY_UNTIL))));
    }

    private static AddKey offered(
            dev.hutong.registry.jose.PrivateJwk key,
            @org.jspecify.annotations.Nullable Instant notBefore,
            @org.jspecify.annotations.Nullable Instant signUntil) {
        return new AddKey(
                GUANGDONG,
                new KeyOffer(
                        key.publicJwk(),
                        Optional.ofNullable(notBefore),
                        Optional.ofNullable(signUntil),
                        Optional.empty()));
    }
}
