package dev.hutong.conformance.province;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.conformance.jose.TokenFault;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualProvincesIT {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-05T08:00:00Z"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static VirtualProvinces provinces;

    @BeforeAll
    static void start() {
        provinces = VirtualProvinces.startDemo(CLOCK);
    }

    @AfterAll
    static void stop() {
        provinces.close();
    }

    @Test
    void theDemoHasFourIssuersAndAllThreeAlgorithms() {
        assertThat(provinces.all())
                .extracting(VirtualProvince::issuerId)
                .containsExactly("440000.yuekangma", "440100.suikangma", "330100.hangzhou", "000000.national");
        assertThat(provinces.all().stream()
                        .map(province -> province.key().algorithm())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Algorithm.values());
    }

    @Test
    void unregisteredKeysAreKeptFromTheRegistryAndFromNothingElse() throws Exception {
        for (Registration registration : provinces.registrations()) {
            VirtualProvince province = provinces.province(registration.issuerId());
            assertThat(registration.publicJwks())
                    .isNotEmpty()
                    .contains(province.key().publicJwk());
            for (String jwk : registration.publicJwks()) {
                assertThat(JSON.readTree(jwk).has("d")).isFalse();
            }
            assertThat(registration.platform()).isEqualTo(province.platform());
            assertThat(registration.keysValidFrom()).isBefore(CLOCK.instant());
        }
        VirtualProvince withSecretKey = provinces.province("440000.yuekangma");
        assertThat(withSecretKey.publicJwks())
                .hasSize(2)
                .doesNotContain(withSecretKey.key("unregistered").publicJwk());
    }

    @Test
    void platformsListenOnLoopbackPortsOfTheirOwn() {
        var platforms = provinces.all().stream()
                .flatMap(province -> province.platform().stream())
                .toList();
        assertThat(platforms).hasSize(2).doesNotHaveDuplicates().allSatisfy(uri -> {
            assertThat(uri.getHost()).isEqualTo("127.0.0.1");
            assertThat(uri.getPath()).isEmpty();
        });
    }

    @Test
    void aSignedTextIsAPrefixAndAToken() throws Exception {
        VirtualProvince province = provinces.province("440100.suikangma");
        String text =
                province.sign(JSON.readTree("{\"iss\":\"440100.suikangma\"}")).text();
        assertThat(text).startsWith("SKM:");
        String[] parts = text.substring(4).split("\\.");
        assertThat(JSON.readTree(Base64Url.decode(parts[0])).path("typ").asText())
                .isEqualTo("skm+jwt");
        byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        assertThat(province.key().verifies(input, Base64Url.decode(parts[2]))).isTrue();
        String faulty = province.sign(JSON.readTree("{\"a\":1}"), TokenFault.EMPTY_SIGNATURE)
                .text();
        assertThat(faulty).startsWith("SKM:").endsWith(".");
    }

    @Test
    void aTextOfHangzhouHasThePublishedShapeOf282Characters() {
        MintedCode code =
                provinces.province("330100.hangzhou").virtualPlatform().mint();
        assertThat(code.scanned().text())
                .hasSize(282)
                .matches(
                        "https://h5\\.dingtalk\\.com/healthAct/index\\.html\\?qrCode=V0ding[0-9a-f]{32}"
                                + "&stateCouncilBarCode=[0-9a-f]{32}&cityCode=&jk=[0-9A-F]{64}:0:[0-9A-F]{32}:[0-9A-Za-z]{17}#/result")
                .contains(code.input().text());
        assertThat(code.input().text()).matches("V0ding[0-9a-f]{32}");
    }

    @Test
    void aNationalTextIsAskedForAsItStands() {
        MintedCode code =
                provinces.province("000000.national").virtualPlatform().mint();
        assertThat(code.scanned()).isEqualTo(code.input());
        assertThat(code.scanned().text()).matches("jkm2020[0-9a-f]{32}");
    }

    @Test
    void whatAProvinceCannotDoItSays() throws Exception {
        VirtualProvince offline = provinces.province("440000.yuekangma");
        VirtualProvince online = provinces.province("330100.hangzhou");
        var claims = JSON.readTree("{\"a\":1}");
        assertThatThrownBy(offline::virtualPlatform).hasMessageContaining("no platform");
        assertThatThrownBy(() -> online.sign(claims)).hasMessageContaining("signs no texts");
        assertThatThrownBy(() -> offline.key("other")).hasMessageContaining("unregistered");
        assertThatThrownBy(() -> provinces.province("x")).hasMessageContaining("440000.yuekangma");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "provinces: [{issuer: a.b, name: n, keys: []}] | no key",
                "provinces: [{issuer: a.b, name: n, keys: [{name: k, alg: RS256}]}] | RS256",
                "provinces: [{issuer: a.b, name: n, keys: [{name: k, alg: SM2}]}] | either signed-text or platform",
                "provinces: [{issuer: a.b, colour: red, name: n, keys: [{name: k, alg: SM2}], signed-text: {prefix: p, typ: t}}] | colour",
                "people: [] | provinces"
            })
    void aFileThatIsNotWhatItMustBeIsRefusedWithTheReason(String yaml, String reason) {
        var file = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> VirtualProvinces.start(file, CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
