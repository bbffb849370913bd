package dev.hutong.province;

import static dev.hutong.province.Codes.NOW;
import static dev.hutong.province.Codes.SUIKANGMA;
import static dev.hutong.province.Codes.YUEKANGMA;
import static dev.hutong.province.Codes.assertRefused;
import static dev.hutong.province.Codes.passed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.registry.RegistrySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who signed a text, with which key, and whether its time has come and not passed. */
class TokenAuthenticatorTest {
    private static final SigningKey P256 = SigningKey.generate(Algorithm.ES256);
    private static final SigningKey SM2 = SigningKey.generate(Algorithm.SM2);
    private static final RegistrySnapshot REGISTRY =
            TestRegistry.of(YUEKANGMA, P256).issuer(SUIKANGMA, null, SM2).snapshot();
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration TICK = Duration.ofMillis(1);

    private final TokenAuthenticator authenticator = new TokenAuthenticator();

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void anIssuersOwnKeyOfAnyAlgorithmVouches(Algorithm algorithm) {
        SigningKey key = SigningKey.generate(algorithm);
        RegistrySnapshot registry =
                TestRegistry.of(YUEKANGMA, key).issuer(SUIKANGMA, null).snapshot();
        SignedClaims signed = passed(authenticate(Codes.yuekangma(key, Codes.yuekangma()), registry, NOW));
        assertThat(signed.claims().text("mz")).isEqualTo("G");
        RegistrySnapshot other = TestRegistry.of(SUIKANGMA, key).snapshot();
        passed(authenticate(Codes.suikangma(key, Codes.suikangma()), other, NOW));
    }

    @Test
    void aCodeEndsAMinuteAfterItsExp() {
        SignedClaims signed = passed(authenticate(Codes.yuekangma()));
        assertThat(signed.codeEnds()).isEqualTo(NOW.plusSeconds(660));
    }

    // --- who

    @ParameterizedTest
    @ValueSource(
            strings = {
                SUIKANGMA,
                "440000.YUEKANGMA",
                "440000.Yuekangma",
                "440000.yuekangma/",
                "440000.yuekangma ",
                " 440000.yuekangma",
                "440000/yuekangma",
                "440000.yuekangma.",
                "440000.yuekаngma",
                "４４0000.yuekangma",
                "https://440000.yuekangma",
                "xn--440000.yuekangma",
                "440000.yuekangma\u0000",
                "44.yuekangma",
                "",
                "330100.hangzhou",
                "nobody",
            })
    void anotherIssuerThanTheFormatsIsUnknown(String issuer) {
        Outcome<SignedClaims> outcome = authenticate(Codes.yuekangma().put("iss", issuer));
        assertRefused(outcome, Reason.UNKNOWN_ISSUER);
        assertThat(Codes.refused(outcome).signedBy()).isNull();
    }

    @Test
    void anIssuerThatTheRegistryDoesNotHoldIsUnknown() {
        RegistrySnapshot registry = TestRegistry.of(SUIKANGMA, P256).snapshot();
        assertRefused(authenticate(honest(), registry, NOW), Reason.UNKNOWN_ISSUER);
        assertRefused(authenticate(honest(), TestRegistry.empty().snapshot(), NOW), Reason.UNKNOWN_ISSUER);
    }

    @Test
    void nothingOfASuspendedIssuerIsGood() {
        RegistrySnapshot registry =
                TestRegistry.of(YUEKANGMA, P256).suspended(YUEKANGMA).snapshot();
        assertRefused(authenticate(honest(), registry, NOW), Reason.ISSUER_SUSPENDED);
    }

    // --- with which key

    @Test
    void aKeyOfAnotherIssuerIsUnknownThoughTheRegistryHoldsIt() {
        assertRefused(authenticate(Codes.yuekangma(SM2, Codes.yuekangma()), REGISTRY, NOW), Reason.UNKNOWN_KEY);
        assertRefused(authenticate(Codes.suikangma(P256, Codes.suikangma()), REGISTRY, NOW), Reason.UNKNOWN_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "../../etc/passwd",
                "/dev/null",
                "' OR 1=1 --",
                "\u0000",
                "a\r\nb",
                "https://example.com/keys",
                "Key1PRO",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "${jndi:ldap://127.0.0.1/a}",
                "440000.yuekangma",
                "钥匙",
            })
    void aKidThatIsNoKeysIsUnknown(String kid) {
        assertRefused(authenticate(withHeader("kid", kid)), Reason.UNKNOWN_KEY);
    }

    @Test
    void aKidIsComparedWholeAndExactly() {
        String kid = P256.kid();
        for (String other : new String[] {
            kid + " ", kid + "=", kid + "\u0000", kid.substring(1), kid.toLowerCase(Locale.ROOT) + "x", kid + kid
        }) {
            assertRefused(authenticate(withHeader("kid", other)), Reason.UNKNOWN_KEY);
        }
        assertRefused(authenticate(withHeader("kid", "k".repeat(4_000))), Reason.UNKNOWN_KEY);
    }

    @Test
    void aKidSoLongThatNoSymbolHoldsItIsMalformed() {
        assertRefused(Codes.open(withHeader("kid", "k".repeat(10_240))), Reason.MALFORMED_CODE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none", "None", "nOnE", "NONE", "", "HS256", "RS256", "PS256", "ES384", "ES256K", "SM2", "EdDSA",
                "es256", "ES256 "
            })
    void theKeyDecidesTheAlgorithmAndAnyOtherIsMalformed(String alg) {
        assertRefused(authenticate(withHeader("alg", alg)), Reason.MALFORMED_CODE);
    }

    @Test
    void theAlgorithmOfAnUnknownKeyIsNotLookedAt() {
        Map<String, Object> header = P256.header("ykm+jwt");
        header.put("alg", "none");
        header.put("kid", "nobody's");
        assertRefused(authenticate(signed(header)), Reason.UNKNOWN_KEY);
    }

    @Test
    void aPublicKeyIsNoSecretOfAnHmac() throws Exception {
        Map<String, Object> header = P256.header("ykm+jwt");
        header.put("alg", "HS256");
        String input = signed(header).substring("YKM2:".length());
        input = input.substring(0, input.lastIndexOf('.'));
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(Codes.utf8(P256.publicJwk()), "HmacSHA512"));
        byte[] forged = mac.doFinal(Codes.utf8(input));
        assertRefused(authenticate("YKM2:" + input + "." + Base64Url.encode(forged)), Reason.MALFORMED_CODE);
    }

    @Test
    void anSm2KeyOfferedAsP256IsMalformed() {
        Map<String, Object> header = SM2.header("skm+jwt");
        header.put("alg", "ES256");
        String text = "SKM:" + SM2.jws(header, Codes.utf8(Codes.suikangma().toString()));
        assertRefused(authenticate(text), Reason.MALFORMED_CODE);
    }

    // --- in its time

    @ParameterizedTest
    @CsvSource({"-60000, true", "-60001, false", "-3600000, false", "0, true", "659999, true"})
    void aCodeMayBeIssuedAMinuteAheadOfTheClock(long millisFromIat, boolean good) {
        assertTime(NOW.plusMillis(millisFromIat), good, Reason.CODE_NOT_VALID_YET);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "59999, true", "60000, false", "60001, false", "86400000, false"})
    void aCodeEndsExactlyAMinuteAfterItsExp(long millisFromExp, boolean good) {
        assertTime(NOW.plusSeconds(600).plusMillis(millisFromExp), good, Reason.EXPIRED_CODE);
    }

    @Test
    void theSmallestStepsBesideAnEndAreNanoseconds() {
        Instant ends = NOW.plusSeconds(660);
        assertTime(ends.minusNanos(1), true, Reason.EXPIRED_CODE);
        assertTime(ends, false, Reason.EXPIRED_CODE);
        assertTime(NOW.minusSeconds(60), true, Reason.CODE_NOT_VALID_YET);
        assertTime(NOW.minusSeconds(60).minusNanos(1), false, Reason.CODE_NOT_VALID_YET);
    }

    @Test
    void aCodeThatIsOverBeforeItWasIssuedIsOver() {
        long now = NOW.getEpochSecond();
        ObjectNode backwards = Codes.yuekangma().put("exp", now - 60);
        assertRefused(authenticate(backwards), Reason.EXPIRED_CODE);
        assertRefused(authenticate(backwards.put("iat", now + 61)), Reason.CODE_NOT_VALID_YET);
    }

    @Test
    void timesOfOtherCenturiesAreTimes() {
        long farthest = ((1L << 62) - 1) / 1000;
        assertRefused(
                authenticate(Codes.yuekangma().put("iat", farthest).put("exp", farthest)), Reason.CODE_NOT_VALID_YET);
        ObjectNode claims =
                Codes.yuekangma().put("iat", -farthest).put("exp", -farthest).put("asof", -farthest);
        assertRefused(authenticate(claims), Reason.EXPIRED_CODE);
        long millis = NOW.toEpochMilli();
        assertRefused(
                authenticate(Codes.yuekangma().put("iat", millis).put("exp", millis + 600)), Reason.CODE_NOT_VALID_YET);
    }

    @Test
    void whatIsNotInItsTimeIsKnownToBeTheIssuers() {
        String text = honest();
        Instant early = NOW.minus(MINUTE).minus(TICK);
        Instant late = NOW.plusSeconds(660);
        assertThat(Codes.refused(authenticate(text, REGISTRY, early)).signedBy())
                .hasToString(YUEKANGMA);
        assertThat(Codes.refused(authenticate(text, REGISTRY, late)).signedBy()).hasToString(YUEKANGMA);
    }

    // --- helpers

    private void assertTime(Instant now, boolean good, Reason otherwise) {
        Outcome<SignedClaims> outcome = authenticate(honest(), REGISTRY, now);
        if (good) {
            passed(outcome);
        } else {
            assertRefused(outcome, otherwise);
        }
    }

    private static String honest() {
        return Codes.yuekangma(P256, Codes.yuekangma());
    }

    private static String withHeader(String member, String value) {
        Map<String, Object> header = P256.header("ykm+jwt");
        header.put(member, value);
        return signed(header);
    }

    private static String signed(Map<String, Object> header) {
        return "YKM2:" + P256.jws(header, Codes.utf8(Codes.yuekangma().toString()));
    }

    private Outcome<SignedClaims> authenticate(ObjectNode claims) {
        return authenticate(Codes.yuekangma(P256, claims));
    }

    private Outcome<SignedClaims> authenticate(String text) {
        return authenticate(text, REGISTRY, NOW);
    }

    private Outcome<SignedClaims> authenticate(String text, RegistrySnapshot registry, Instant now) {
        return authenticator.authenticate(Codes.signedText(text), registry, now);
    }
}
