package dev.hutong.province;

import static dev.hutong.province.Codes.HANGZHOU;
import static dev.hutong.province.Codes.JKM;
import static dev.hutong.province.Codes.LINK;
import static dev.hutong.province.Codes.NATIONAL;
import static dev.hutong.province.Codes.NOW;
import static dev.hutong.province.Codes.V0DING;
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
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.jose.StrictJson;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked, how often, and whether an answer is good at this very instant; without a wire. */
class PlatformsTest {
    private static final SigningKey CITY = SigningKey.generate(Algorithm.ES256);
    private static final SigningKey STATE = SigningKey.generate(Algorithm.SM2);
    private static final URI BASE = URI.create("https://platform.example/api");

    private final ScriptedPlatform platform = new ScriptedPlatform();

    // --- the requests

    @Test
    void aReferenceIsAskedAboutInOneRequest() {
        city(PlatformsTest::green);
        passed(ask(LINK));
        ScriptedPlatform.Asked asked = platform.asked().getFirst();
        assertThat(asked.url()).hasToString("https://platform.example/api/parse-jkm");
        JsonObject json = asked.json();
        assertThat(json.fieldNames())
                .containsExactlyInAnyOrder("qrCode", "requestId", "timestamp", "format", "version");
        assertThat(json.getString("qrCode")).isEqualTo(V0DING);
        assertThat(UUID.fromString(json.getString("requestId"))).isNotNull();
        assertThat(json.getLong("timestamp")).isEqualTo(NOW.toEpochMilli());
        assertThat(json.getString("format")).isEqualTo("json");
        assertThat(json.getString("version")).isEqualTo("1.0");
    }

    @Test
    void aCodeIsAskedAboutInTwoStepsTheSecondWithWhatTheFirstHandedOn() {
        state("gjm-code+jwt", claims -> claims.put("bizExtData", "不透明"));
        state("gjm-report+jwt", claims -> claims.put("content", "{\"data\":{\"healthyReport\":[]}}"));
        passed(ask(JKM));
        assertThat(platform.asked()).hasSize(2);
        ScriptedPlatform.Asked first = platform.asked().getFirst();
        ScriptedPlatform.Asked second = platform.asked().getLast();
        assertThat(first.url().getPath()).isEqualTo("/api/code/validateCode");
        assertThat(first.json().fieldNames()).containsExactlyInAnyOrder("qrCode", "requestId");
        assertThat(first.json().getString("qrCode")).isEqualTo(JKM);
        assertThat(second.url().getPath()).isEqualTo("/api/userHealth/validateInfo");
        assertThat(second.json().fieldNames()).containsExactlyInAnyOrder("bizExtData", "requestId");
        assertThat(second.json().getString("bizExtData")).isEqualTo("不透明");
        assertThat(second.json().getString("requestId"))
                .isNotEqualTo(first.json().getString("requestId"));
        assertThat(second.within()).isLessThanOrEqualTo(first.within());
    }

    @Test
    void bytesAreAskedAboutAsBase64url() {
        byte[] bytes = Codes.ctid(64);
        state("gjm-code+jwt", claims -> claims.put("code", 40007));
        assertRefused(ask(ScannedCode.ofBytes(bytes), registry(), NOW), Reason.EXPIRED_CODE);
        JsonObject json = platform.asked().getFirst().json();
        assertThat(json.fieldNames()).containsExactlyInAnyOrder("qrCodeBytes", "requestId");
        assertThat(json.getString("qrCodeBytes")).isEqualTo(Base64Url.encode(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example/parse-jkm",
        "https://a.example/, https://a.example/parse-jkm",
        "https://a.example/v1, https://a.example/v1/parse-jkm",
        "https://a.example/v1/, https://a.example/v1/parse-jkm",
        "http://127.0.0.1:8080, http://127.0.0.1:8080/parse-jkm",
        "http://[::1]:8080/, http://[::1]:8080/parse-jkm",
    })
    void aStepIsAppendedToThePlatformsAddress(String base, String url) {
        city(PlatformsTest::green);
        RegistrySnapshot registry =
                TestRegistry.empty().issuer(HANGZHOU, URI.create(base), CITY).snapshot();
        passed(ask(ScannedCode.ofText(LINK), registry, NOW));
        assertThat(platform.asked().getFirst().url()).hasToString(url);
    }

    @Test
    void withoutTimeNobodyIsAsked() {
        Platforms platforms = new Platforms(platform, InstantSource.fixed(NOW), Duration.ZERO);
        assertRefused(
                platforms
                        .ask(Codes.enquiry(ScannedCode.ofText(LINK)), registry())
                        .result(),
                Reason.ISSUER_UNAVAILABLE);
        assertThat(platform.asked()).isEmpty();
    }

    // --- asked once more

    @Test
    void aPlatformThatSaysSoIsAskedOnceMoreUnderAnotherRequestId() {
        city(claims -> claims.put("code", 40017));
        city(PlatformsTest::green);
        passed(ask(LINK));
        assertThat(platform.asked()).hasSize(2);
        assertThat(platform.asked())
                .extracting(asked -> asked.json().getString("requestId"))
                .doesNotHaveDuplicates();
        assertThat(platform.asked())
                .extracting(asked -> asked.json().getString("qrCode"))
                .containsOnly(V0DING);
    }

    @Test
    void aPlatformThatSaysSoAgainIsNotAskedAThirdTime() {
        city(claims -> claims.put("code", 40017));
        city(claims -> claims.put("code", 40017));
        Outcome<SignedClaims> outcome = ask(LINK);
        assertRefused(outcome, Reason.ISSUER_UNAVAILABLE);
        assertThat(Codes.refused(outcome).signedBy()).hasToString(HANGZHOU);
        assertThat(platform.asked()).hasSize(2);
    }

    @Test
    void whoSaysSoWithoutASignatureIsNotAskedAgain() {
        SigningKey stranger = SigningKey.generate(Algorithm.ES256);
        platform.signs(stranger, "jkm-answer+jwt", HANGZHOU, claims -> claims.put("code", 40017));
        assertRefused(ask(LINK), Reason.ISSUER_ERROR);
        assertThat(platform.asked()).hasSize(1);
    }

    @Test
    void aFaultOfTheSecondAnswerIsTheAnswer() {
        city(claims -> claims.put("code", 40017));
        platform.replies(new PlatformReply.Missing("reset"));
        Outcome<SignedClaims> outcome = ask(LINK);
        assertRefused(outcome, Reason.ISSUER_UNAVAILABLE);
        assertThat(Codes.refused(outcome).signedBy()).hasToString(HANGZHOU);
    }

    // --- at this very instant

    @ParameterizedTest
    @CsvSource({"-60001, false", "-60000, true", "0, true", "60000, true", "60001, false"})
    void anAnswersIatLiesAMinuteFromTheClockAtMost(long clockFromIat, boolean good) {
        city(claims -> green(claims.put("exp", NOW.getEpochSecond() + 3_600)));
        assertGood(ask(ScannedCode.ofText(LINK), registry(), NOW.plusMillis(clockFromIat)), good);
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, false", "1, false"})
    void anAnswerEndsAtItsExpWithoutAnySkew(long clockFromExp, boolean good) {
        city(claims -> green(claims.put("exp", NOW.getEpochSecond() + 30)));
        assertGood(ask(ScannedCode.ofText(LINK), registry(), NOW.plusSeconds(30).plusMillis(clockFromExp)), good);
    }

    @Test
    void anAnswerOfExtremeTimesIsAnError() {
        long farthest = ((1L << 62) - 1) / 1000;
        for (long time : new long[] {farthest, -farthest, Long.MAX_VALUE, NOW.toEpochMilli()}) {
            city(claims -> green(claims.put("iat", time).put("exp", time)));
            assertRefused(ask(LINK), Reason.ISSUER_ERROR);
        }
    }

    // --- what the registry holds against its key

    @Test
    void aKeysOwnLifeIsToldAsItIs() {
        assertReason(Reason.KEY_REVOKED, key(null, null).revoked(HANGZHOU, CITY, RevocationReason.COMPROMISED, NOW));
        assertReason(Reason.KEY_REVOKED, key(null, null).revoked(HANGZHOU, CITY, RevocationReason.CEASED, NOW));
        assertReason(Reason.KEY_NOT_VALID_YET, key(NOW.plusSeconds(1), null));
        assertReason(Reason.KEY_RETIRED, key(null, NOW));
    }

    @Test
    void aKeyOfItsIssuerUnderAnotherAlgorithmIsAnError() {
        var header = CITY.header("jkm-answer+jwt");
        header.put("alg", "EdDSA");
        platform.replies(ScriptedPlatform.signed(CITY.jws(header, Codes.utf8("{}"))));
        assertRefused(ask(LINK), Reason.ISSUER_ERROR);
    }

    /** The national platform signs with SM2 or ES256. */
    @Test
    void anAlgorithmThatTheFormatDoesNotAdmitIsAnErrorThoughTheKeyIsRegistered() {
        SigningKey ed25519 = SigningKey.generate(Algorithm.EDDSA);
        platform.signs(ed25519, "gjm-code+jwt", NATIONAL, claims -> claims.put("bizExtData", "x"));
        RegistrySnapshot registry =
                TestRegistry.empty().issuer(NATIONAL, BASE, ed25519).snapshot();
        assertRefused(ask(ScannedCode.ofText(JKM), registry, NOW), Reason.ISSUER_ERROR);
    }

    // --- the answer's content

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\":200} | ISSUER_ERROR",
                "{\"code\":200,\"data\":null} | ISSUER_ERROR",
                "{\"code\":200,\"data\":{}} | ISSUER_ERROR",
                "{\"code\":200,\"data\":{\"level\":\"green\"}} | ISSUER_ERROR",
                "{\"code\":200,\"data\":{\"zjgxsj\":\"2026-01-05 15:00:00\"}} | ISSUER_ERROR",
                "{\"code\":200,\"data\":{\"level\":1,\"zjgxsj\":\"2026-01-05 15:00:00\"}} | ISSUER_ERROR",
                "{\"code\":200,\"data\":{\"level\":\"green\",\"zjgxsj\":\"2026-01-05T15:00:00\"}} | ISSUER_ERROR",
                "{\"code\":200,\"data\":{\"level\":\"green\",\"zjgxsj\":\"2026-02-30 15:00:00\"}} | ISSUER_ERROR",
                "{\"code\":\"200\"} | ISSUER_ERROR",
                "{\"code\":null} | ISSUER_ERROR",
                "{} | ISSUER_ERROR",
                "{\"code\":40006} | ISSUER_UNAVAILABLE",
                "{\"code\":40019} | ISSUER_UNAVAILABLE",
                "{\"code\":40007} | EXPIRED_CODE",
                "{\"code\":40008} | MALFORMED_CODE",
                "{\"code\":40001} | ISSUER_ERROR",
                "{\"code\":0} | ISSUER_ERROR",
                "{\"code\":-200} | ISSUER_ERROR",
                "{\"code\":500} | ISSUER_ERROR",
                "{\"code\":9223372036854775807} | ISSUER_ERROR",
            })
    void anAnswerWithoutWhatItMustHaveIsAnErrorAndACodeHasItsReason(String json, Reason reason) {
        city(claims ->
                claims.setAll((ObjectNode) StrictJson.read(Codes.utf8(json)).orElseThrow()));
        assertRefused(ask(LINK), reason);
    }

    @Test
    void statesAreNotJudgedHere() {
        city(claims -> {
            green(claims).withObjectProperty("data").put("level", "purple");
            return claims;
        });
        assertThat(passed(ask(LINK)).claims().text("data.level")).isEqualTo("purple");
    }

    @Test
    void whatAPlatformSaysNowHasNoEndOfACode() {
        city(PlatformsTest::green);
        assertThat(passed(ask(LINK)).codeEnds()).isNull();
    }

    // --- helpers

    private static ObjectNode green(ObjectNode claims) {
        claims.put("code", 200)
                .put("success", true)
                .putObject("data")
                .put("level", "green")
                .put("zjgxsj", "2026-01-05 15:00:00");
        return claims;
    }

    private void city(UnaryOperator<ObjectNode> change) {
        platform.signs(CITY, "jkm-answer+jwt", HANGZHOU, change);
    }

    private void state(String typ, UnaryOperator<ObjectNode> change) {
        platform.signs(STATE, typ, NATIONAL, change);
    }

    private static TestRegistry key(@Nullable Instant notBefore, @Nullable Instant signUntil) {
        return TestRegistry.empty().issuer(HANGZHOU, BASE).key(HANGZHOU, CITY.publicJwk(), notBefore, signUntil);
    }

    private static RegistrySnapshot registry() {
        return TestRegistry.empty()
                .issuer(HANGZHOU, BASE, CITY)
                .issuer(NATIONAL, BASE, STATE)
                .snapshot();
    }

    private void assertReason(Reason reason, TestRegistry registry) {
        city(PlatformsTest::green);
        assertRefused(ask(ScannedCode.ofText(LINK), registry.snapshot(), NOW), reason);
    }

    private static void assertGood(Outcome<SignedClaims> outcome, boolean good) {
        if (good) {
            passed(outcome);
        } else {
            assertRefused(outcome, Reason.ISSUER_ERROR);
        }
    }

    private Outcome<SignedClaims> ask(String text) {
        return ask(ScannedCode.ofText(text), registry(), NOW);
    }

    private Outcome<SignedClaims> ask(ScannedCode scanned, RegistrySnapshot registry, Instant now) {
        return new Platforms(platform, InstantSource.fixed(now), Duration.ofMinutes(1))
                .ask(Codes.enquiry(scanned), registry)
                .result();
    }
}
