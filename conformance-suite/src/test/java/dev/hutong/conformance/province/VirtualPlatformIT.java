package dev.hutong.conformance.province;

import static dev.hutong.conformance.province.PlatformProbe.claims;
import static dev.hutong.conformance.province.PlatformProbe.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.jose.Base64Url;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What a platform answers and counts, and what it refuses, over a real socket. */
class VirtualPlatformIT extends PlatformTestBase {
    @Test
    void anHonestAnswerRepeatsTheRequestAndIsSignedByTheIssuer() throws Exception {
        MintedCode code = oneStep.virtualPlatform().issue(record());
        ObjectNode request = probe.request("qrCode", code.input().text());
        HttpResponse<String> response = probe.post(oneStep.platform().orElseThrow(), "/parse-jkm", request);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/jose");
        assertThat(header(response.body()))
                .isEqualTo(JSON.valueToTree(oneStep.key().header("jkm-answer+jwt")));
        assertThat(signedBy(oneStep.key(), response.body())).isTrue();
        JsonNode claims = claims(response.body());
        assertThat(claims.fieldNames())
                .toIterable()
                .containsExactly("iss", "iat", "exp", "requestId", "inputHash", "code", "success", "data");
        assertThat(claims.path("iss").asText()).isEqualTo("330100.hangzhou");
        assertThat(claims.path("iat").asLong()).isEqualTo(SECONDS);
        assertThat(claims.path("exp").asLong()).isEqualTo(SECONDS + 60);
        assertThat(claims.path("requestId")).isEqualTo(request.path("requestId"));
        assertThat(claims.path("inputHash").asText())
                .isEqualTo(sha256(code.input().text().getBytes(StandardCharsets.UTF_8)));
        assertThat(claims.path("code").asInt()).isEqualTo(200);
        assertThat(claims.path("success").asBoolean()).isTrue();
        assertThat(claims.path("data")).isEqualTo(record());
    }

    @Test
    void aCodeInTwoStepsGoesThroughAnOpaqueHandle() throws Exception {
        MintedCode code = twoStep.virtualPlatform().issue(record());
        String handle = claims(ask(
                                twoStep,
                                "/code/validateCode",
                                "qrCode",
                                code.input().text())
                        .body())
                .path("bizExtData")
                .asText();
        assertThat(handle).hasSizeGreaterThan(20);
        JsonNode report = claims(
                ask(twoStep, "/userHealth/validateInfo", "bizExtData", handle).body());
        assertThat(report.path("inputHash").asText()).isEqualTo(sha256(handle.getBytes(StandardCharsets.UTF_8)));
        assertThat(report.path("content").isTextual()).isTrue();
        assertThat(JSON.readTree(report.path("content").asText())).isEqualTo(record());
        assertThat(ask(twoStep, "/userHealth/validateInfo", "bizExtData", "invented")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aBinaryCodeIsAskedForInBase64urlAndHashedAsBytes() throws Exception {
        VirtualPlatform platform = twoStep.virtualPlatform();
        MintedCode code = platform.mint("binary");
        platform.answer(code.input(), record());
        byte[] bytes = code.scanned().bytes();
        assertThat(bytes).hasSizeBetween(64, 1024).startsWith(0x43, 0x54, 0x49, 0x44);
        JsonNode claims = claims(ask(twoStep, "/code/validateCode", "qrCodeBytes", Base64Url.encode(bytes))
                .body());
        assertThat(claims.path("inputHash").asText()).isEqualTo(sha256(bytes));
        assertThat(claims.has("bizExtData")).isTrue();
    }

    @Test
    void anUnknownCodeIsRefusedInASignedAnswer() throws Exception {
        String body = ask(
                        oneStep,
                        "/parse-jkm",
                        "qrCode",
                        oneStep.virtualPlatform().mint().input().text())
                .body();
        assertThat(signedBy(oneStep.key(), body)).isTrue();
        assertThat(claims(body).path("code").asInt()).isEqualTo(40008);
        assertThat(claims(body).path("success").asBoolean(true)).isFalse();
        JsonNode national =
                claims(ask(twoStep, "/code/validateCode", "qrCode", "jkm2020x").body());
        assertThat(national.path("code").asInt()).isEqualTo(40008);
        assertThat(national.has("bizExtData")).isFalse();
    }

    @Test
    void aRefusalThatHappensOnceIsFollowedByTheRecordAndBothAreCounted() throws Exception {
        VirtualPlatform platform = oneStep.virtualPlatform();
        int before = platform.requests();
        MintedCode code = platform.issue(record(), Behaviour.refusesOnce(40017));
        String text = code.input().text();
        assertThat(platform.requests(code.input())).isZero();
        assertThat(claims(ask(oneStep, "/parse-jkm", "qrCode", text).body())
                        .path("code")
                        .asInt())
                .isEqualTo(40017);
        assertThat(claims(ask(oneStep, "/parse-jkm", "qrCode", text).body())
                        .path("code")
                        .asInt())
                .isEqualTo(200);
        assertThat(platform.requests(code.input())).isEqualTo(2);
        assertThat(platform.requests(code.input(), 0)).isEqualTo(2);
        assertThat(platform.requests()).isEqualTo(before + 2);
    }

    @Test
    void aRequestThatTheContractDoesNotAllowIsRefused() throws Exception {
        MintedCode code = oneStep.virtualPlatform().issue(record());
        var uri = oneStep.platform().orElseThrow();
        ObjectNode good = probe.request("qrCode", code.input().text());
        assertThat(probe.post(uri, "/parse-jkm", "text/plain", good.toString()).statusCode())
                .isEqualTo(400);
        assertThat(probe.post(uri, "/parse-jkm", "application/json", "{").statusCode())
                .isEqualTo(400);
        assertThat(probe.post(uri, "/parse-jkm", good.deepCopy().put("requestId", "1"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(probe.post(uri, "/parse-jkm", good.deepCopy().put("version", "2.0"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(probe.post(uri, "/parse-jkm", good.deepCopy().without("timestamp"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(probe.post(uri, "/parse-jkm", good.deepCopy().without("qrCode"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(probe.post(uri, "/elsewhere", good).statusCode()).isEqualTo(404);
        assertThat(oneStep.virtualPlatform().requests(code.input())).isZero();
    }

    @Test
    void behavioursThatDoNotFitAreRefusedAtOnce() {
        VirtualPlatform platform = twoStep.virtualPlatform();
        assertThatThrownBy(() -> platform.issue(record(), Behaviour.honest(), Behaviour.refuses(40008)))
                .hasMessageContaining("no way to refuse");
        assertThatThrownBy(() -> oneStep.virtualPlatform().issue(record(), Behaviour.honest(), Behaviour.honest()))
                .hasMessageContaining("2 behaviours for 1 steps");
        assertThatThrownBy(() -> platform.mint("triangle")).hasMessageContaining("triangle");
    }

    @Test
    void aClosedPlatformRefusesConnectionsAndClosesAtOnceThoughAnAnswerTrickles() throws Exception {
        try (var others = VirtualProvinces.startDemo(InstantSource.fixed(NOW))) {
            VirtualProvince province = others.province("330100.hangzhou");
            MintedCode code = province.virtualPlatform().issue(record(), Behaviour.trickle());
            ObjectNode request = probe.request("qrCode", code.input().text());
            InputStream trickle = probe.stream(province.platform().orElseThrow(), "/parse-jkm", request);
            assertThat(trickle.read()).isEqualTo('e');
            long start = System.nanoTime();
            province.virtualPlatform().close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThatThrownBy(() ->
                            ask(province, "/parse-jkm", "qrCode", code.input().text()))
                    .isInstanceOf(ConnectException.class);
        }
    }
}
