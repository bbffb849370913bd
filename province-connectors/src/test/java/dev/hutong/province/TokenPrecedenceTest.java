package dev.hutong.province;

import static dev.hutong.province.Codes.NOW;
import static dev.hutong.province.Codes.SUIKANGMA;
import static dev.hutong.province.Codes.YUEKANGMA;
import static dev.hutong.province.Codes.assertRefused;
import static dev.hutong.province.Codes.passed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.RevocationReason;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key's own life against a code's {@code iat}, and which of several reasons is told. */
class TokenPrecedenceTest {
    private static final SigningKey KEY = SigningKey.generate(Algorithm.ES256);
    private static final SigningKey OTHER = SigningKey.generate(Algorithm.ES256);
    private static final Instant BEFORE = NOW.minusSeconds(1);
    private static final Instant AFTER = NOW.plusSeconds(1);

    private final TokenAuthenticator authenticator = new TokenAuthenticator();

    @Test
    void aKeySignsFromItsNotBeforeOn() {
        passed(authenticate(honest(), bounded(NOW, null).snapshot()));
        assertRefused(authenticate(honest(), bounded(AFTER, null).snapshot()), Reason.KEY_NOT_VALID_YET);
        assertRefused(authenticate(honest(), bounded(NOW.plusNanos(1), null).snapshot()), Reason.KEY_NOT_VALID_YET);
    }

    @Test
    void aKeyNoLongerSignsFromItsSignUntilOn() {
        passed(authenticate(honest(), bounded(null, AFTER).snapshot()));
        passed(authenticate(honest(), bounded(null, NOW.plusNanos(1)).snapshot()));
        assertRefused(authenticate(honest(), bounded(null, NOW).snapshot()), Reason.KEY_RETIRED);
        assertRefused(authenticate(honest(), bounded(null, BEFORE).snapshot()), Reason.KEY_RETIRED);
    }

    @Test
    void whatAKeySignedInItsTimeStaysGoodBehindIt() {
        RegistrySnapshot registry = bounded(BEFORE, AFTER).snapshot();
        passed(authenticator.authenticate(Codes.signedText(honest()), registry, NOW.plusSeconds(659)));
    }

    @ParameterizedTest
    @EnumSource(
            value = RevocationReason.class,
            names = {"SUPERSEDED", "CEASED"})
    void whatWasSignedBeforeTheCutOffStaysGood(RevocationReason reason) {
        passed(authenticate(honest(), revoked(reason, AFTER)));
        passed(authenticate(honest(), revoked(reason, NOW.plusNanos(1))));
        assertRefused(authenticate(honest(), revoked(reason, NOW)), Reason.KEY_REVOKED);
        assertRefused(authenticate(honest(), revoked(reason, BEFORE)), Reason.KEY_REVOKED);
    }

    @Test
    void nothingUnderACompromisedKeyIsGood() {
        RegistrySnapshot registry = revoked(RevocationReason.COMPROMISED, AFTER);
        assertRefused(authenticate(honest(), registry), Reason.KEY_REVOKED);
        long longAgo = NOW.minusSeconds(500).getEpochSecond();
        ObjectNode backdated =
                Codes.yuekangma().put("iat", longAgo).put("exp", longAgo + 600).put("asof", longAgo);
        assertRefused(authenticate(Codes.yuekangma(KEY, backdated), registry), Reason.KEY_REVOKED);
    }

    /** Each line of this way mends the first thing that is wrong, and the next reason in the order is told. */
    @Test
    void whereSeveralReasonsApplyTheFirstInTheirOrderIsTold() {
        long late = NOW.minusSeconds(7_200).getEpochSecond();
        ObjectNode claims = Codes.yuekangma()
                .put("iss", SUIKANGMA)
                .put("iat", late)
                .put("exp", late + 601)
                .put("asof", late);
        Map<String, Object> header = OTHER.header("ykm+jwt");
        header.put("kid", "nobody's");
        header.put("alg", "none");
        TestRegistry worst =
                bounded(NOW, NOW.plusSeconds(1)).revoked(YUEKANGMA, KEY, RevocationReason.COMPROMISED, NOW);
        RegistrySnapshot suspended = bounded(NOW, AFTER)
                .revoked(YUEKANGMA, KEY, RevocationReason.COMPROMISED, NOW)
                .suspended(YUEKANGMA)
                .snapshot();

        assertRefused(Codes.open("ykm2:" + token(header, claims)), Reason.UNKNOWN_FORMAT);
        assertRefused(Codes.open("YKM2:" + token(header, claims)), Reason.MALFORMED_CODE);
        claims.put("exp", late + 600);
        assertRefused(authenticate("YKM2:" + token(header, claims), suspended), Reason.UNKNOWN_ISSUER);
        claims.put("iss", YUEKANGMA);
        assertRefused(authenticate("YKM2:" + token(header, claims), suspended), Reason.ISSUER_SUSPENDED);
        RegistrySnapshot revoked = worst.snapshot();
        assertRefused(authenticate("YKM2:" + token(header, claims), revoked), Reason.UNKNOWN_KEY);
        header.put("kid", KEY.kid());
        assertRefused(authenticate("YKM2:" + token(header, claims), revoked), Reason.MALFORMED_CODE);
        header.put("alg", "ES256");
        assertRefused(authenticate("YKM2:" + token(header, claims), revoked), Reason.KEY_REVOKED);
        assertRefused(
                authenticate(
                        "YKM2:" + token(header, claims), bounded(NOW, AFTER).snapshot()),
                Reason.KEY_NOT_VALID_YET);
        RegistrySnapshot retired = bounded(null, NOW.minusSeconds(7_200)).snapshot();
        assertRefused(authenticate("YKM2:" + token(header, claims), retired), Reason.KEY_RETIRED);
        RegistrySnapshot good = bounded(null, null).snapshot();
        assertRefused(authenticate("YKM2:" + token(header, claims), good), Reason.BAD_SIGNATURE);
        assertRefused(authenticate(Codes.yuekangma(KEY, claims), good), Reason.EXPIRED_CODE);
        claims.put("iat", NOW.plusSeconds(61).getEpochSecond());
        assertRefused(authenticate(Codes.yuekangma(KEY, claims), good), Reason.CODE_NOT_VALID_YET);
    }

    @Test
    void anIssuerIsNamedOnlyBehindAGoodSignature() {
        RegistrySnapshot good = bounded(null, null).snapshot();
        Map<String, Object> header = KEY.header("ykm+jwt");
        String forged = "YKM2:" + OTHER.jws(header, Codes.utf8(Codes.yuekangma().toString()));
        assertThat(Codes.refused(authenticate(forged, good)).signedBy()).isNull();
        assertThat(Codes.refused(authenticate(honest(), revoked(RevocationReason.COMPROMISED, NOW)))
                        .signedBy())
                .isNull();
    }

    private static String honest() {
        return Codes.yuekangma(KEY, Codes.yuekangma());
    }

    private static String token(Map<String, Object> header, ObjectNode claims) {
        return OTHER.jws(header, Codes.utf8(claims.toString()));
    }

    private static TestRegistry bounded(@Nullable Instant notBefore, @Nullable Instant signUntil) {
        return TestRegistry.of(YUEKANGMA).key(YUEKANGMA, KEY.publicJwk(), notBefore, signUntil);
    }

    private static RegistrySnapshot revoked(RevocationReason reason, Instant cutOff) {
        return bounded(null, null).revoked(YUEKANGMA, KEY, reason, cutOff).snapshot();
    }

    private Outcome<SignedClaims> authenticate(String text, RegistrySnapshot registry) {
        return authenticator.authenticate(Codes.signedText(text), registry, NOW);
    }
}
