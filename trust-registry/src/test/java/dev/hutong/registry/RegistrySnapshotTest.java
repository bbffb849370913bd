package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.ED25519;
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
import static dev.hutong.registry.Fixtures.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.Authentication.Authenticated;
import dev.hutong.registry.Authentication.Rejected;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistrySnapshotTest {
    private static final Instant JUST_BEFORE = NOW.minusNanos(1);

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void aTokenByAnIssuersKeyIsAuthenticated(SignatureAlgorithm algorithm) {
        PrivateJwk key = Keys.generated(algorithm, 50);
        RegistrySnapshot snapshot = fold(registered(GUANGDONG), activated(GUANGDONG, key));
        assertThat(snapshot.authenticate(GUANGDONG, token(key, NOW), NOW))
                .isInstanceOfSatisfying(
                        Authenticated.class, good -> assertThat(good.key().id()).isEqualTo(Fixtures.idOf(key)));
    }

    @Test
    void nothingOfAnUnknownIssuerIsGood() {
        RegistrySnapshot snapshot = fold(registered(GUANGDONG), activated(GUANGDONG, P256));
        assertRejected(snapshot.authenticate(HANGZHOU, token(P256, NOW), NOW), Rejection.UNKNOWN_ISSUER);
        assertThat(snapshot.standing(HANGZHOU, NOW)).contains(Rejection.UNKNOWN_ISSUER);
        assertThat(snapshot.standing(GUANGDONG, NOW)).isEmpty();
    }

    @Test
    void nothingOfASuspendedIssuerIsGoodUntilItIsResumed() {
        RegistrySnapshot snapshot = fold(registered(GUANGDONG), activated(GUANGDONG, P256), suspended(GUANGDONG));
        assertRejected(snapshot.authenticate(GUANGDONG, token(P256, NOW), NOW), Rejection.ISSUER_SUSPENDED);
        assertThat(snapshot.standing(GUANGDONG, NOW)).contains(Rejection.ISSUER_SUSPENDED);
        RegistrySnapshot later = advance(snapshot, resumed(GUANGDONG));
        assertThat(later.authenticate(GUANGDONG, token(P256, NOW), NOW)).isInstanceOf(Authenticated.class);
    }

    @Test
    void aKeyOfAnotherIssuerIsUnknown() {
        RegistrySnapshot snapshot =
                fold(registered(GUANGDONG), registered(HANGZHOU), activated(GUANGDONG, P256), activated(HANGZHOU, SM2));
        assertRejected(snapshot.authenticate(HANGZHOU, token(P256, NOW), NOW), Rejection.UNKNOWN_KEY);
        assertRejected(snapshot.authenticate(GUANGDONG, token(SM2, NOW), NOW), Rejection.UNKNOWN_KEY);
        assertRejected(snapshot.authenticate(GUANGDONG, token(ED25519, NOW), NOW), Rejection.UNKNOWN_KEY);
        SignedToken token = token(P256, NOW);
        for (String kid : List.of("", "../" + token.kid(), token.kid() + "\0", "' OR 1=1 --", "k".repeat(10_240))) {
            assertRejected(snapshot.authenticate(GUANGDONG, with(token, kid, "ES256"), NOW), Rejection.UNKNOWN_KEY);
        }
    }

    @Test
    void theKeyDecidesTheAlgorithm() {
        RegistrySnapshot snapshot = fold(registered(GUANGDONG), activated(GUANGDONG, P256));
        SignedToken token = token(P256, NOW);
        for (String alg : List.of("none", "None", "nOnE", "", "HS256", "es256", "ES384", "SM2", "EdDSA", "ES256 ")) {
            assertRejected(
                    snapshot.authenticate(GUANGDONG, with(token, token.kid(), alg), NOW), Rejection.WRONG_ALGORITHM);
        }
    }

    @Test
    void aBrokenSignatureIsABadSignature() {
        RegistrySnapshot snapshot = fold(registered(GUANGDONG), activated(GUANGDONG, P256));
        SignedToken token = token(P256, NOW);
        SignedToken other =
                new SignedToken(token.kid(), token.alg(), NOW, Keys.utf8("header.other"), token.signature());
        assertRejected(snapshot.authenticate(GUANGDONG, other, NOW), Rejection.BAD_SIGNATURE);
        SignedToken none = new SignedToken(token.kid(), token.alg(), NOW, token.signingInput(), new byte[64]);
        assertRejected(snapshot.authenticate(GUANGDONG, none, NOW), Rejection.BAD_SIGNATURE);
    }

    @Test
    void aKeySignsFromNotBeforeOnItselfIncluded() {
        RegistrySnapshot snapshot = fold(registered(GUANGDONG), activated(GUANGDONG, P256, NOW, null));
        assertRejected(snapshot.authenticate(GUANGDONG, token(P256, JUST_BEFORE), NOW), Rejection.KEY_NOT_VALID_YET);
        assertThat(snapshot.authenticate(GUANGDONG, token(P256, NOW), NOW)).isInstanceOf(Authenticated.class);
    }

    @Test
    void aKeySignsUntilSignUntilItselfExcluded() {
        RegistrySnapshot snapshot = fold(registered(GUANGDONG), activated(GUANGDONG, P256, null, NOW));
        assertThat(snapshot.authenticate(GUANGDONG, token(P256, JUST_BEFORE), NOW))
                .isInstanceOf(Authenticated.class);
        assertRejected(snapshot.authenticate(GUANGDONG, token(P256, NOW), NOW), Rejection.KEY_RETIRED);
    }

    @ParameterizedTest
    @EnumSource(
            value = RevocationReason.class,
            names = {"SUPERSEDED", "CEASED"})
    void whatWasSignedBeforeTheCutOffStaysGood(RevocationReason reason) {
        RegistrySnapshot snapshot =
                fold(registered(GUANGDONG), activated(GUANGDONG, P256), revoked(GUANGDONG, P256, reason, NOW));
        assertThat(snapshot.authenticate(GUANGDONG, token(P256, JUST_BEFORE), NOW))
                .isInstanceOf(Authenticated.class);
        assertRejected(snapshot.authenticate(GUANGDONG, token(P256, NOW), NOW), Rejection.KEY_REVOKED);
    }

    @Test
    void nothingUnderACompromisedKeyIsGoodHoweverOldItClaimsToBe() {
        RegistrySnapshot snapshot = fold(
                registered(GUANGDONG),
                activated(GUANGDONG, P256),
                revoked(GUANGDONG, P256, RevocationReason.COMPROMISED, NOW));
        for (Instant signedAt : List.of(Instant.EPOCH, JUST_BEFORE, NOW)) {
            assertRejected(snapshot.authenticate(GUANGDONG, token(P256, signedAt), NOW), Rejection.KEY_REVOKED);
        }
    }

    @Test
    void theFirstGroundInTheirOrderIsTheAnswer() {
        Instant past = NOW.minusSeconds(9);
        List<RegistryEvent> events = new ArrayList<>(List.of(
                registered(GUANGDONG),
                activated(GUANGDONG, P256, NOW, NOW.plusSeconds(9)),
                revoked(GUANGDONG, P256, RevocationReason.CEASED, past)));
        SignedToken worst = new SignedToken(P256.publicJwk().kid(), "none", past, new byte[0], new byte[0]);
        RegistrySnapshot revoked = fold(events.toArray(RegistryEvent[]::new));
        assertRejected(revoked.authenticate(GUANGDONG, worst, NOW), Rejection.WRONG_ALGORITHM);
        assertRejected(revoked.authenticate(GUANGDONG, with(worst, worst.kid(), "ES256"), NOW), Rejection.KEY_REVOKED);
        assertRejected(revoked.authenticate(GUANGDONG, with(worst, "x", "none"), NOW), Rejection.UNKNOWN_KEY);
        RegistrySnapshot suspended = advance(revoked, suspended(GUANGDONG));
        assertRejected(suspended.authenticate(GUANGDONG, with(worst, "x", "none"), NOW), Rejection.ISSUER_SUSPENDED);
        RegistrySnapshot valid = fold(registered(GUANGDONG), activated(GUANGDONG, P256, NOW, NOW.plusSeconds(9)));
        assertRejected(
                valid.authenticate(GUANGDONG, with(worst, worst.kid(), "ES256"), NOW), Rejection.KEY_NOT_VALID_YET);
        assertThat(Rejection.values())
                .containsExactly(
                        Rejection.UNKNOWN_ISSUER,
                        Rejection.ISSUER_SUSPENDED,
                        Rejection.NOT_DELEGATED,
                        Rejection.UNKNOWN_KEY,
                        Rejection.WRONG_ALGORITHM,
                        Rejection.KEY_REVOKED,
                        Rejection.KEY_SUSPENDED,
                        Rejection.KEY_NOT_VALID_YET,
                        Rejection.KEY_RETIRED,
                        Rejection.BAD_SIGNATURE);
    }

    @Test
    void issuersAreSortedAndHoldTheirKeysInTheOrderOfActivation() {
        RegistrySnapshot snapshot = fold(
                registered(GUANGDONG),
                registered(HANGZHOU, "https://platform.example"),
                activated(GUANGDONG, SM2),
                activated(GUANGDONG, P256));
        assertThat(snapshot.issuers()).extracting(RegisteredIssuer::id).containsExactly(HANGZHOU, GUANGDONG);
        assertThat(snapshot.issuer(GUANGDONG).orElseThrow().keys())
                .extracting(RegisteredKey::id)
                .containsExactly(Fixtures.idOf(SM2), Fixtures.idOf(P256));
        assertThat(snapshot.issuer(HANGZHOU).orElseThrow().platform()).isPresent();
    }

    @Test
    void anOlderSnapshotStaysAsItWasAndVerifiersAreCarriedOver() {
        RegistrySnapshot before = fold(registered(GUANGDONG), activated(GUANGDONG, P256));
        RegistrySnapshot after =
                advance(before, activated(GUANGDONG, SM2), revoked(GUANGDONG, P256, RevocationReason.COMPROMISED, NOW));
        assertThat(before.authenticate(GUANGDONG, token(P256, NOW), NOW)).isInstanceOf(Authenticated.class);
        assertThat(before.checkpoint().size()).isEqualTo(2);
        assertThat(after.checkpoint().size()).isEqualTo(4);
        assertThat(after.issuer(GUANGDONG).orElseThrow().keys().getFirst().verifier())
                .isSameAs(
                        before.issuer(GUANGDONG).orElseThrow().keys().getFirst().verifier());
    }

    @Test
    void foldingAtOnceAndStepByStepIsTheSame() {
        RegistryEvent[] events = {
            registered(GUANGDONG),
            activated(GUANGDONG, P256),
            suspended(GUANGDONG),
            resumed(GUANGDONG),
            activated(GUANGDONG, SM2)
        };
        RegistrySnapshot stepwise = RegistryFold.empty();
        for (RegistryEvent event : events) {
            stepwise = advance(stepwise, event);
        }
        assertThat(stepwise.checkpoint()).isEqualTo(fold(events).checkpoint());
    }

    @Test
    void aLogWithAnImpossibleEntryOrAGapIsCorrupt() {
        assertThatThrownBy(() -> fold(registered(GUANGDONG), registered(GUANGDONG)))
                .isInstanceOf(CorruptRegistryException.class)
                .hasMessageContaining("Entry 1");
        LogEntry second = new LogEntry(1, RegistryEventCodec.encode(registered(GUANGDONG)));
        assertThatThrownBy(() -> advance(RegistryFold.empty(), List.of(second)))
                .isInstanceOf(CorruptRegistryException.class);
    }

    private static SignedToken with(SignedToken token, String kid, String alg) {
        return new SignedToken(kid, alg, token.signedAt(), token.signingInput(), token.signature());
    }

    private static RegistrySnapshot fold(RegistryEvent... events) {
        return advance(RegistryFold.empty(), events);
    }

    private static RegistrySnapshot advance(RegistrySnapshot from, RegistryEvent... events) {
        List<LogEntry> entries = new ArrayList<>();
        for (RegistryEvent event : events) {
            entries.add(new LogEntry(from.checkpoint().size() + entries.size(), RegistryEventCodec.encode(event)));
        }
        return advance(from, entries);
    }

    private static RegistrySnapshot advance(RegistrySnapshot from, List<LogEntry> entries) {
        RegistryFold fold = RegistryFold.from(from, PROVIDERS);
        entries.forEach(entry -> fold.take(DecodedEntry.of(entry)));
        return fold.snapshot();
    }

    private static void assertRejected(Authentication authentication, Rejection why) {
        assertThat(authentication).isEqualTo(new Rejected(why));
    }
}
