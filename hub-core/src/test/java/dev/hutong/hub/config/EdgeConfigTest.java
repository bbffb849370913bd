package dev.hutong.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.config.TlsConfig.ClientCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tls} and {@code limits} of the two servers. */
class EdgeConfigTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void bothServersHaveTheirOwn() throws IOException {
        HubConfig config = ((HubConfigReader.Reading.Valid) read("""
                http:
                  tls: { certificate: hub.pem, key: hub-key.pem, clientCertificates: request, clientTrust: gates.pem }
                  limits: { headers: 1s, body: 2s, idle: 3s, connections: 4 }
                management:
                  tls: { certificate: a.pem, key: b.pem }
                """)).config();

        assertThat(config.http().tls())
                .contains(new TlsConfig(
                        Path.of("hub.pem"),
                        Path.of("hub-key.pem"),
                        ClientCertificates.REQUEST,
                        Optional.of(Path.of("gates.pem"))));
        assertThat(config.http().limits())
                .isEqualTo(new LimitsConfig(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 4));
        assertThat(config.management().tls()).contains(new TlsConfig(Path.of("a.pem"), Path.of("b.pem")));
        assertThat(config.management().limits()).isEqualTo(LimitsConfig.DEFAULT);
    }

    @Test
    void everyMistakeIsToldWithItsPath() throws IOException {
        assertThat(((HubConfigReader.Reading.Invalid) read("""
                http:
                  tls: { certificate: hub.pem, clientCertificates: require }
                  limits: { headers: 10ms, idle: 2h, connections: 0 }
                management:
                  tls: { clientCertificates: request, clientTrust: x.pem }
                """)).mistakes())
                .containsExactlyInAnyOrder(
                        "http.tls.clientCertificates: one of none, request is expected, not require",
                        "http.tls: certificate and key belong together",
                        "http.limits.headers: from 100ms to 1h",
                        "http.limits.idle: from 100ms to 1h",
                        "http.limits.connections: at least 1, or nobody can ask",
                        "management.tls.clientCertificates: only a server with a certificate of its own asks for others'");
    }

    @Test
    void anAuthorityMeansNothingWhereNobodyIsAsked() throws IOException {
        assertThat(((HubConfigReader.Reading.Invalid) read("""
                http:
                  tls: { certificate: hub.pem, key: hub-key.pem, clientTrust: gates.pem }
                """)).mistakes())
                .containsExactly("http.tls.clientTrust: means nothing unless clientCertificates is request");
    }

    private HubConfigReader.Reading read(String yaml) throws IOException {
        return HubConfigReader.read(Files.writeString(folder.resolve("hub.yaml"), yaml));
    }
}
