package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "440000.yuekangma",
                "000000.national",
                "330100.a",
                "330100.a-9",
                "330100.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void anIssuerIdIsARegionAndAFormat(String text) {
        assertThat(IssuerId.parse(text)).contains(new IssuerId(text));
        assertThat(new IssuerId(text).region()).isEqualTo(text.substring(0, 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "440000",
                "44000.a",
                "4400000.a",
                "440000.",
                "440000.A",
                "440000.9a",
                "440000.-a",
                "440000.a b",
                "440000.a\n",
                " 440000.a",
                "440000/a",
                "４４００００.a",
                "440000.a/",
                "440000.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void anythingElseIsNone(String text) {
        assertThat(IssuerId.parse(text)).isEmpty();
        assertThatThrownBy(() -> new IssuerId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyIdIsAThumbprint() {
        String kid = Fixtures.P256.publicJwk().kid();
        assertThat(KeyId.parse(kid)).contains(Fixtures.idOf(Fixtures.P256));
        assertThat(KeyId.parse(kid + "A")).isEmpty();
        assertThat(KeyId.parse("Key1PRO")).isEmpty();
        assertThat(KeyId.parse("../../etc/passwd")).isEmpty();
        assertThatThrownBy(() -> new KeyId("")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://platform.example", "https://platform.example:8443/api/", "HTTPS://platform.example",
                        "https://[2001:db8::1]/",
                "http://127.0.0.1:9090/parse", "http://127.255.255.254", "http://localhost:1", "http://[::1]:8080/"
            })
    void aPlatformIsReachedByHttpsOrOnLoopback(String url) {
        assertThat(PlatformRule.faultIn(URI.create(url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://platform.example",
                "http://128.0.0.1",
                "http://10.0.0.1",
                "http://127.0.0.1.example.com",
                "http://127.0.0.256",
                "http://localhost.example",
                "http://[::2]",
                "http://0.0.0.0",
                "http://[::ffff:127.0.0.1]",
                "https://user@platform.example",
                "https://user:secret@platform.example",
                "https://@platform.example",
                "https://platform.example/?a=b",
                "https://platform.example/?",
                "https://platform.example/#f",
                "https://platform.example/#",
                "https:///path",
                "https:platform.example",
                "//platform.example",
                "/path",
                "",
                "ftp://platform.example",
                "file:///etc/passwd",
                "https://plat_form.example",
                "https://platform.example:0",
                "https://platform.example:65536",
                "https://平台.example",
                "https://platform.example/路"
            })
    void anyOtherAddressIsRefusedWithTheRemedy(String url) {
        assertThat(PlatformRule.faultIn(URI.create(url)))
                .hasValueSatisfying(fault -> assertThat(fault).isNotBlank())
                .as(url);
    }
}
