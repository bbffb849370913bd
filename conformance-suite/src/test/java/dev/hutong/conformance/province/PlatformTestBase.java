package dev.hutong.conformance.province;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.conformance.jose.SigningKey;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The demo's two platforms, running at a fixed instant, and what tests of them share. */
abstract class PlatformTestBase {
    static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    static final long SECONDS = NOW.getEpochSecond();
    static final ObjectMapper JSON = new ObjectMapper();
    static PlatformProbe probe;
    static VirtualProvinces provinces;
    static VirtualProvince oneStep;
    static VirtualProvince twoStep;

    @BeforeAll
    static void start() {
        probe = new PlatformProbe(Duration.ofSeconds(20));
        provinces = VirtualProvinces.startDemo(InstantSource.fixed(NOW));
        oneStep = provinces.province("330100.hangzhou");
        twoStep = provinces.province("000000.national");
    }

    @AfterAll
    static void stop() {
        provinces.close();
        probe.close();
    }

    static HttpResponse<String> misbehaving(Behaviour behaviour) throws Exception {
        MintedCode code = oneStep.virtualPlatform().issue(record(), behaviour);
        return ask(oneStep, "/parse-jkm", "qrCode", code.input().text());
    }

    static HttpResponse<String> ask(VirtualProvince province, String path, String member, String input)
            throws Exception {
        return probe.post(province.platform().orElseThrow(), path, probe.request(member, input));
    }

    static ObjectNode record() {
        return JSON.createObjectNode().put("level", "green").put("zjgxsj", "2026-01-05 15:00:00");
    }

    static boolean signedBy(SigningKey key, String jws) {
        int dot = jws.lastIndexOf('.');
        return key.verifies(
                jws.substring(0, dot).getBytes(StandardCharsets.US_ASCII), Base64Url.decode(jws.substring(dot + 1)));
    }

    static String sha256(byte[] bytes) throws Exception {
        return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
