package dev.hutong.conformance.province;

import static dev.hutong.conformance.province.PlatformProbe.claims;
import static dev.hutong.conformance.province.PlatformProbe.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.jose.TokenFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each behaviour, over a real socket. */
class BehaviourIT extends PlatformTestBase {
    @ParameterizedTest
    @ValueSource(ints = {40006, 40007, 40008, 40017, 40019, 99999})
    void aRefusalIsSignedAndHasNoRecord(int code) throws Exception {
        JsonNode claims = claims(misbehaving(Behaviour.refuses(code)).body());
        assertThat(claims.path("code").asInt()).isEqualTo(code);
        assertThat(claims.has("data")).isFalse();
        assertThat(claims.has("inputHash")).isTrue();
    }

    @Test
    void aBehaviourOfTheSecondStepLeavesTheFirstHonest() throws Exception {
        MintedCode code = twoStep.virtualPlatform().issue(record(), Behaviour.honest(), Behaviour.status(503));
        String handle = claims(ask(
                                twoStep,
                                "/code/validateCode",
                                "qrCode",
                                code.input().text())
                        .body())
                .path("bizExtData")
                .asText();
        assertThat(ask(twoStep, "/userHealth/validateInfo", "bizExtData", handle)
                        .statusCode())
                .isEqualTo(503);
        assertThat(twoStep.virtualPlatform().requests(code.input(), 1)).isEqualTo(1);
    }

    @Test
    void malformedContentIsCutOffTextAndAMalformedRecordIsNoObject() throws Exception {
        assertThat(claims(misbehaving(Behaviour.malformedRecord()).body())
                        .path("data")
                        .isTextual())
                .isTrue();
        MintedCode code = twoStep.virtualPlatform().issue(record(), Behaviour.honest(), Behaviour.malformedRecord());
        String handle = claims(ask(
                                twoStep,
                                "/code/validateCode",
                                "qrCode",
                                code.input().text())
                        .body())
                .path("bizExtData")
                .asText();
        String content = claims(ask(twoStep, "/userHealth/validateInfo", "bizExtData", handle)
                        .body())
                .path("content")
                .asText();
        assertThat(content).isNotEmpty();
        assertThatThrownBy(() -> JSON.readTree(content)).isInstanceOf(IOException.class);
    }

    @Test
    void aSlowAnswerIsNotThereBeforeItsTime() {
        MintedCode code = oneStep.virtualPlatform().issue(record(), Behaviour.slow(Duration.ofSeconds(30)));
        try (var impatient = new PlatformProbe(Duration.ofMillis(700))) {
            ObjectNode request = impatient.request("qrCode", code.input().text());
            assertThatThrownBy(() -> impatient.post(oneStep.platform().orElseThrow(), "/parse-jkm", request))
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void aShortDelayIsWaitedOut() throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> response = misbehaving(Behaviour.slow(Duration.ofMillis(200)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(199));
        assertThat(signedBy(oneStep.key(), response.body())).isTrue();
    }

    @Test
    void aTrickleBeginsAtOnceAndIsFarFromCompleteAfterASecond() throws Exception {
        MintedCode code = oneStep.virtualPlatform().issue(record(), Behaviour.trickle());
        ObjectNode request = probe.request("qrCode", code.input().text());
        try (InputStream body = probe.stream(oneStep.platform().orElseThrow(), "/parse-jkm", request)) {
            assertThat(body.readNBytes(5)).asString().isEqualTo("eyJhb");
            long start = System.nanoTime();
            int more = body.readNBytes(20).length;
            assertThat(more).isEqualTo(20);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(500));
        }
    }

    @Test
    void aResetGivesNoAnswer() {
        assertThatThrownBy(() -> misbehaving(Behaviour.reset()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 404, 302, 204})
    void aStatusIsTheStatus(int status) throws Exception {
        HttpResponse<String> response = misbehaving(Behaviour.status(status));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Location").isPresent()).isEqualTo(status == 302);
    }

    @Test
    void anotherMediaTypeComesWithAnHonestBody() throws Exception {
        HttpResponse<String> response = misbehaving(Behaviour.mediaType("application/json"));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(signedBy(oneStep.key(), response.body())).isTrue();
    }

    @Test
    void anOversizedAnswerIsSignedAndLargerThanAHubReads() throws Exception {
        String body = misbehaving(Behaviour.oversized()).body();
        assertThat(body.length()).isGreaterThan(65_536);
        assertThat(signedBy(oneStep.key(), body)).isTrue();
    }

    @Test
    void plainJsonIsNoTokenThoughTheMediaTypeSaysSo() throws Exception {
        HttpResponse<String> response = misbehaving(Behaviour.plainJson());
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/jose");
        assertThat(JSON.readTree(response.body()).path("code").asInt()).isEqualTo(200);
    }

    @Test
    void anAnswerByAnotherIssuerIsGoodUnderAKeyThatIsRegisteredThere() throws Exception {
        String body = misbehaving(Behaviour.signedByAnotherIssuer()).body();
        VirtualProvince other = provinces.all().getFirst();
        assertThat(header(body).path("kid").asText()).isEqualTo(other.key().kid());
        assertThat(signedBy(other.key(), body)).isTrue();
        assertThat(other.publicJwks()).contains(other.key().publicJwk());
        assertThat(signedBy(oneStep.key(), body)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void tokenFaultsReachTheWire(TokenFault fault) throws Exception {
        String body = misbehaving(Behaviour.faulty(fault)).body();
        assertThat(body).isNotBlank();
        boolean headerIsHonest = fault != TokenFault.TRUNCATED
                && header(body).equals(JSON.valueToTree(oneStep.key().header("jkm-answer+jwt")));
        assertThat(headerIsHonest && fault != TokenFault.DUPLICATE_MEMBER && signedBy(oneStep.key(), body))
                .as("%s", fault)
                .isEqualTo(fault == TokenFault.PADDED);
    }

    @Test
    void anotherRequestIdOrInputHashIsSignedAllTheSame() throws Exception {
        MintedCode code = oneStep.virtualPlatform().issue(record(), Behaviour.otherRequestId());
        ObjectNode request = probe.request("qrCode", code.input().text());
        String body = probe.post(oneStep.platform().orElseThrow(), "/parse-jkm", request)
                .body();
        assertThat(claims(body).path("requestId")).isNotEqualTo(request.path("requestId"));
        assertThat(signedBy(oneStep.key(), body)).isTrue();
        String other = misbehaving(Behaviour.otherInputHash()).body();
        assertThat(claims(other).path("inputHash").asText()).isEqualTo(sha256(new byte[0]));
        assertThat(signedBy(oneStep.key(), other)).isTrue();
        assertThat(claims(misbehaving(Behaviour.without("inputHash")).body()).has("inputHash"))
                .isFalse();
    }

    @Test
    void timesAreOffByAsMuchAsAskedFor() throws Exception {
        assertThat(iat(Behaviour.issued(Duration.ofSeconds(-61)))).isEqualTo(SECONDS - 61);
        assertThat(iat(Behaviour.issued(Duration.ofSeconds(61)))).isEqualTo(SECONDS + 61);
        JsonNode claims = claims(misbehaving(Behaviour.expires(Duration.ZERO)).body());
        assertThat(claims.path("exp").asLong()).isEqualTo(SECONDS);
        assertThat(claims.path("iat").asLong()).isLessThan(SECONDS);
    }

    private static long iat(Behaviour behaviour) throws Exception {
        return claims(misbehaving(behaviour).body()).path("iat").asLong();
    }
}
