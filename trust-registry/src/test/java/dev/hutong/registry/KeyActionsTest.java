package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.GUANGDONG;
import static dev.hutong.registry.Fixtures.HANGZHOU;
import static dev.hutong.registry.Fixtures.NOW;
import static dev.hutong.registry.Fixtures.P256;
import static dev.hutong.registry.Fixtures.SM2;
import static dev.hutong.registry.Fixtures.idOf;
import static dev.hutong.registry.UnsignedRegistry.addition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.ResumeKey;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.KeyOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyActionsTest {
    private static final KeyId KEY = idOf(P256);
    private static final SuspendKey SUSPENSION = new SuspendKey(GUANGDONG, KEY);
    private static final ResumeKey RESUMPTION = new ResumeKey(GUANGDONG, KEY);
    private static final Instant BEFORE = NOW.minusSeconds(1);

    private final UnsignedRegistry registry = UnsignedRegistry.with(GUANGDONG, HANGZHOU);

    /** An action on a key in a state: what the key is afterwards, or what the refusal says. */
    record Row(KeyState from, Action.OfIssuer action, Optional<KeyState> to, String possible) {
        static Row done(KeyState from, Action.OfIssuer action, KeyState to) {
            return new Row(from, action, Optional.of(to), "");
        }

        static Row refused(KeyState from, Action.OfIssuer action, String possible) {
            return new Row(from, action, Optional.empty(), possible);
        }
    }

    static Stream<Row> table() {
        return Stream.of(
                Row.done(KeyState.PRE_PUBLISHED, SUSPENSION, KeyState.SUSPENDED),
                Row.done(KeyState.ACTIVE, SUSPENSION, KeyState.SUSPENDED),
                Row.done(KeyState.VERIFY_ONLY, SUSPENSION, KeyState.SUSPENDED),
                Row.refused(KeyState.SUSPENDED, SUSPENSION, "it can be resumed or revoked"),
                Row.refused(KeyState.EXPIRED, SUSPENSION, "it can only be revoked; a new key can be added"),
                Row.refused(KeyState.REVOKED, SUSPENSION, "its revocation can only be made stricter"),
                Row.refused(KeyState.PRE_PUBLISHED, RESUMPTION, "it can be suspended or revoked"),
                Row.refused(KeyState.ACTIVE, RESUMPTION, "it can be suspended or revoked"),
                Row.refused(KeyState.VERIFY_ONLY, RESUMPTION, "it can be suspended or revoked"),
                Row.done(KeyState.SUSPENDED, RESUMPTION, KeyState.ACTIVE),
                Row.refused(KeyState.EXPIRED, RESUMPTION, "it can only be revoked; a new key can be added"),
                Row.refused(KeyState.REVOKED, RESUMPTION, "its revocation can only be made stricter"),
                Row.done(KeyState.PRE_PUBLISHED, superseded(NOW), KeyState.REVOKED),
                Row.done(KeyState.ACTIVE, superseded(NOW), KeyState.REVOKED),
                Row.done(KeyState.VERIFY_ONLY, superseded(NOW), KeyState.REVOKED),
                Row.done(KeyState.SUSPENDED, superseded(NOW), KeyState.REVOKED),
                Row.done(KeyState.EXPIRED, superseded(NOW), KeyState.REVOKED),
                Row.done(KeyState.REVOKED, superseded(BEFORE), KeyState.REVOKED),
                Row.done(KeyState.REVOKED, revocation(RevocationReason.COMPROMISED, NOW), KeyState.REVOKED));
    }

    @ParameterizedTest
    @MethodSource("table")
    void inEveryStateAnActionIsDoneOrRefusedWithWhatWouldBePossible(Row row) {
        bring(row.from());
        Optional<EventRefusal> refusal = registry.attempt(row.action());
        if (row.to().isPresent()) {
            assertThat(refusal).isEmpty();
            assertThat(registry.stateOf(P256)).isEqualTo(row.to().get());
        } else {
            assertThat(refusal.orElseThrow().ground()).isEqualTo(Ground.KEY_STATE_FORBIDS);
            assertThat(refusal.orElseThrow().detail())
                    .contains(KEY.value())
                    .contains(row.from().name())
                    .contains(row.possible());
            assertThat(registry.stateOf(P256)).isEqualTo(row.from());
        }
    }

    @ParameterizedTest
    @EnumSource(KeyState.class)
    void aKeyOfAnotherIssuerAndNoKeyAtAllCannotBeTouched(KeyState state) {
        bring(state);
        registry.apply(addition(HANGZHOU, SM2));
        for (Action.OfIssuer action : List.of(
                new SuspendKey(HANGZHOU, KEY),
                new ResumeKey(HANGZHOU, KEY),
                new RevokeKey(HANGZHOU, KEY, RevocationReason.COMPROMISED, NOW, true),
                new SuspendKey(GUANGDONG, idOf(Fixtures.ED25519)))) {
            EventRefusal refusal = registry.refusal(action);
            assertThat(refusal.ground()).isEqualTo(Ground.UNKNOWN_KEY);
            assertThat(refusal.detail())
                    .contains(registry.issuer(action.issuer())
                            .keys()
                            .getFirst()
                            .id()
                            .value());
        }
        assertThat(registry.stateOf(P256)).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(
            value = RevocationReason.class,
            names = {"SUPERSEDED", "CEASED"})
    void afterSupersededOrCeasedEarlierCodesStayGood(RevocationReason reason) {
        bring(KeyState.ACTIVE);
        registry.apply(revocation(reason, NOW));
        assertThat(objection(NOW.minusNanos(1))).isEmpty();
        assertThat(objection(NOW)).contains(Rejection.KEY_REVOKED);
    }

    @Test
    void afterCompromisedNothingIsGoodWhateverTheCutOff() {
        for (Instant cutOff : List.of(BEFORE, NOW, NOW.plusSeconds(9_999))) {
            UnsignedRegistry fresh = UnsignedRegistry.with(GUANGDONG);
            fresh.apply(addition(GUANGDONG, P256));
            fresh.apply(revocation(RevocationReason.COMPROMISED, cutOff));
            assertThat(fresh.stateOf(P256)).isEqualTo(KeyState.REVOKED);
            for (Instant signedAt : List.of(Instant.MIN, cutOff.minusNanos(1), cutOff, Instant.MAX)) {
                assertThat(fresh.key(P256).objectionTo("ES256", signedAt, NOW)).contains(Rejection.KEY_REVOKED);
            }
        }
    }

    @Test
    void aRevocationMayBePlannedAndTheKeySignsUntilThen() {
        bring(KeyState.ACTIVE);
        Instant cutOff = NOW.plusSeconds(60);
        registry.apply(superseded(cutOff));
        assertThat(registry.stateOf(P256)).isEqualTo(KeyState.ACTIVE);
        assertThat(registry.key(P256).stateAt(cutOff.minusNanos(1))).isEqualTo(KeyState.ACTIVE);
        assertThat(registry.key(P256).stateAt(cutOff)).isEqualTo(KeyState.REVOKED);
        assertThat(objection(cutOff.minusNanos(1))).isEmpty();
        assertThat(objection(cutOff)).contains(Rejection.KEY_REVOKED);
        assertThat(registry.refusal(superseded(cutOff.plusNanos(1))).ground())
                .isEqualTo(Ground.REVOCATION_NOT_STRICTER);
        registry.apply(superseded(NOW));
        assertThat(registry.stateOf(P256)).isEqualTo(KeyState.REVOKED);
    }

    @Test
    void aRevocationIsNeverRelaxed() {
        bring(KeyState.ACTIVE);
        registry.apply(superseded(NOW));
        for (RevocationReason reason : List.of(RevocationReason.SUPERSEDED, RevocationReason.CEASED)) {
            EventRefusal refusal = registry.refusal(revocation(reason, NOW));
            assertThat(refusal.ground()).isEqualTo(Ground.REVOCATION_NOT_STRICTER);
            assertThat(refusal.detail()).contains("SUPERSEDED").contains("earlier cut-off or COMPROMISED");
            assertThat(registry.refusal(revocation(reason, NOW.plusNanos(1))).ground())
                    .isEqualTo(Ground.REVOCATION_NOT_STRICTER);
        }
        registry.apply(revocation(RevocationReason.COMPROMISED, NOW.plusSeconds(5)));
        for (RevocationReason reason : RevocationReason.values()) {
            assertThat(registry.refusal(revocation(reason, Instant.MIN)).ground())
                    .isEqualTo(Ground.REVOCATION_NOT_STRICTER);
        }
    }

    @Test
    void aPlannedRevocationOutlastsSuspensionAndResumption() {
        bring(KeyState.ACTIVE);
        Instant cutOff = NOW.plusSeconds(60);
        registry.apply(superseded(cutOff));
        registry.apply(SUSPENSION);
        assertThat(objection(BEFORE)).contains(Rejection.KEY_SUSPENDED);
        registry.apply(RESUMPTION);
        assertThat(objection(BEFORE)).isEmpty();
        assertThat(objection(cutOff)).contains(Rejection.KEY_REVOKED);
        assertThat(registry.key(P256).revocation()).contains(new Revocation(RevocationReason.SUPERSEDED, cutOff, NOW));
    }

    @Test
    void aKeyRevokedWhileSuspendedStaysSuspendedUntilItIsResumedAndRevokedThen() {
        bring(KeyState.SUSPENDED);
        registry.apply(superseded(NOW));
        assertThat(objection(BEFORE)).contains(Rejection.KEY_SUSPENDED);
        assertThat(objection(NOW)).contains(Rejection.KEY_REVOKED);
        assertThat(registry.refusal(SUSPENSION).detail())
                .contains("it can be resumed, or its revocation made stricter");
        registry.apply(RESUMPTION);
        assertThat(objection(BEFORE)).isEmpty();
        assertThat(objection(NOW)).contains(Rejection.KEY_REVOKED);
        assertThat(registry.stateOf(P256)).isEqualTo(KeyState.REVOKED);
        assertThat(registry.refusal(RESUMPTION).ground()).isEqualTo(Ground.KEY_STATE_FORBIDS);
    }

    @Test
    void aPlannedEndLeavesTheKeyActiveUntilItComes() {
        bring(KeyState.ACTIVE);
        Instant end = NOW.plus(Duration.ofDays(366));
        registry.apply(superseded(end));
        assertThat(registry.key(P256).stateAt(end.minusNanos(1))).isEqualTo(KeyState.ACTIVE);
        assertThat(registry.key(P256).stateAt(end)).isEqualTo(KeyState.REVOKED);
    }

    @Test
    void aCutOffInAMistypedYearIsNoRevocation() {
        bring(KeyState.ACTIVE);
        EventRefusal refusal =
                registry.refusal(superseded(NOW.plus(Duration.ofDays(366)).plusNanos(1)));
        assertThat(refusal.ground()).isEqualTo(Ground.EMPTY_VALIDITY);
        assertThat(refusal.detail()).contains("2027-01-06T08:00:00Z");
        registry.apply(revocation(RevocationReason.COMPROMISED, Instant.parse("2206-01-05T08:00:00Z")));
        assertThat(registry.stateOf(P256)).isEqualTo(KeyState.REVOKED);
    }

    @Test
    void aKeyWhoseTimeIsOverWhenItWouldBePublishedIsRefused() {
        EventRefusal refusal = registry.refusal(new AddKey(
                GUANGDONG, new KeyOffer(P256.publicJwk(), Optional.empty(), Optional.of(NOW), Optional.of(NOW))));
        assertThat(refusal.ground()).isEqualTo(Ground.EMPTY_VALIDITY);
        assertThat(refusal.detail()).contains("could never sign", "later than the registry's time");
        registry.apply(new AddKey(
                GUANGDONG,
                new KeyOffer(P256.publicJwk(), Optional.empty(), Optional.of(NOW.plusNanos(1)), Optional.empty())));
    }

    private Optional<Rejection> objection(Instant signedAt) {
        return registry.key(P256).objectionTo("ES256", signedAt, registry.now);
    }

    private void bring(KeyState state) {
        switch (state) {
            case PRE_PUBLISHED -> publish(NOW.plusSeconds(1), NOW.plusSeconds(2), NOW.plusSeconds(3));
            case ACTIVE -> registry.apply(addition(GUANGDONG, P256));
            case VERIFY_ONLY -> publish(BEFORE, NOW, NOW.plusSeconds(3));
            case EXPIRED -> publish(BEFORE.minusSeconds(1), BEFORE, NOW);
            case SUSPENDED -> {
                registry.apply(addition(GUANGDONG, P256));
                registry.apply(SUSPENSION);
            }
            case REVOKED -> {
                registry.apply(addition(GUANGDONG, P256));
                registry.apply(superseded(NOW));
            }
        }
        assertThat(registry.stateOf(P256)).isEqualTo(state);
    }

    private void publish(Instant notBefore, Instant signUntil, Instant verifyUntil) {
        registry.now = NOW.minusSeconds(10);
        registry.apply(new AddKey(
                GUANGDONG,
                new KeyOffer(
                        P256.publicJwk(), Optional.of(notBefore), Optional.of(signUntil), Optional.of(verifyUntil))));
        registry.now = NOW;
    }

    private static RevokeKey superseded(Instant cutOff) {
        return revocation(RevocationReason.SUPERSEDED, cutOff);
    }

    private static RevokeKey revocation(RevocationReason reason, Instant cutOff) {
        return new RevokeKey(GUANGDONG, KEY, reason, cutOff, false);
    }
}
