package dev.hutong.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7, true",
        "10.0.0.7, 10.0.0.6, false",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/9, 10.127.255.255, true",
        "10.0.0.0/9, 10.128.0.0, false",
        "10.0.0.7/24, 10.0.0.8, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1, true",
        "10.0.0.0/8, ::1, false",
        "::ffff:10.0.0.7, 10.0.0.7, true",
    })
    void aNetworkHasTheAddressesThatBeginAlike(String network, String address, boolean has) {
        assertThat(Network.parse(network).orElseThrow().has(InetAddress.ofLiteral(address)))
                .isEqualTo(has);
    }

    /** {@code /0} would be everybody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/0",
                "::/0",
                "::/129",
                "10.0.0.0/",
                "a/8",
                "10.0.0.0/8/8",
                "10.0.0.0/-1",
                "10.0.0.256"
            })
    void whatIsNoneIsNone(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }
}
