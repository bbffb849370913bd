package dev.hutong.hub;

import static dev.hutong.hub.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.TlsConfig;
import dev.hutong.hub.config.TlsConfig.ClientCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub that speaks TLS, seen by clients of the JDK's; and its files, exchanged while it runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
    private final InstantSource clock = InstantSource.system();
    private final TestCertificates certificates = new TestCertificates(clock.instant());

    private Path folder = Path.of("");
    private TestHub hub;

    @BeforeAll
    void start(@TempDir Path data, @TempDir Path files) throws IOException {
        folder = files;
        Files.writeString(files.resolve("authority.pem"), certificates.authority());
        certificates.issue("first").writeTo(certificate(), key());
        HubConfig config = TestHub.config(data);
        TlsConfig tls = new TlsConfig(certificate(), key(), ClientCertificates.REQUEST, Optional.empty());
        hub = TestHub.start(
                config.withHttp(config.http().withTls(tls))
                        .withManagement(config.management().withTls(new TlsConfig(certificate(), key()))),
                clock,
                context(Optional.empty(), "TLS"));
    }

    @BeforeEach
    void begin() {
        certificates.issue("first").writeTo(certificate(), key());
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private Path certificate() {
        return folder.resolve("hub.pem");
    }

    private Path key() {
        return folder.resolve("hub-key.pem");
    }

    @Test
    void everyAnswerTellsTheClientToComeByTlsAgain() {
        assertThat(hub.hub().url().getScheme()).isEqualTo("https");
        assertThat(hub.verifier().resolve("{\"code\":\"\"}").header("Strict-Transport-Security"))
                .isEqualTo("max-age=63072000");
        assertThat(hub.operator().get("/health/live").header("Strict-Transport-Security"))
                .isEqualTo("max-age=63072000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void itSpeaksThePresentVersionsWithForwardSecrecy(String protocol) throws Exception {
        try (SSLSocket socket = connect(protocol, Optional.empty())) {
            socket.startHandshake();

            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(socket.getSession().getCipherSuite())
                    .matches("TLS_(ECDHE_ECDSA_WITH_)?(AES|CHACHA20).*_(GCM|POLY1305)_.*");
        }
    }

    @Test
    void itOffersHttp11Alone() throws Exception {
        try (SSLSocket socket = connect("TLSv1.3", Optional.empty())) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();

            assertThat(socket.getApplicationProtocol()).isNotEqualTo("h2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
            })
    void itRefusesSuitesWithoutForwardSecrecyOrAuthenticatedEncryption(String suite) throws Exception {
        try (SSLSocket socket = connect("TLSv1.2", Optional.empty())) {
            socket.setEnabledCipherSuites(new String[] {suite});

            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void plainHttpIsNotAnswered() throws Exception {
        try (RawClient plain = RawClient.connect(hub.hub().url())) {
            plain.send("GET /v1/formats HTTP/1.1\r\nHost: hub\r\n\r\n");

            assertThat(plain.rest()).doesNotContain("HTTP/1.1 2", "HTTP/1.1 3");
        }
    }

    @Test
    void aRenewedCertificateIsTakenUpWhileConnectionsGoOn() throws Exception {
        awaitServed("CN=first");
        try (SSLSocket old = connect("TLSv1.3", Optional.empty())) {
            old.startHandshake();
            certificates.issue("second").writeTo(certificate(), key());
            awaitServed("CN=second");

            OutputStream out = old.getOutputStream();
            out.write("GET /v1/formats HTTP/1.1\r\nHost: hub\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(new String(old.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
        assertThat(readiness()).contains("\"fault\":null");
    }

    @Test
    void aBrokenFileChangesNothingAndIsTold() throws Exception {
        awaitServed("CN=first");
        TestCertificates.write(certificate(), "no certificate", "rw-r--r--");

        eventually(() -> assertThat(readiness()).contains("hub.pem holds no certificates in PEM"));
        assertThat(served()).isEqualTo("CN=first");
        certificates.issue("third").writeTo(certificate(), key());
        awaitServed("CN=third");
        eventually(() -> assertThat(readiness()).doesNotContain("hub.pem"));
    }

    @Test
    void aKeyThatIsAnotherCertificatesChangesNothing() throws Exception {
        awaitServed("CN=first");
        TestCertificates.write(key(), certificates.issue("other").key(), "rw-------");

        eventually(() -> assertThat(readiness()).contains("is not the key of the certificate"));
        assertThat(served()).isEqualTo("CN=first");
    }

    @Test
    void aCertificateThatEndsSoonIsLintAndMeasured() {
        certificates.issue("short", clock.instant().plus(Duration.ofDays(3))).writeTo(certificate(), key());
        awaitServed("CN=short");

        eventually(() ->
                assertThat(hub.verifier().get("/v1/registry/lint").text()).contains("EXPIRING", "http.tls", "ends at"));
        assertThat(hub.operator().get("/metrics").text())
                .contains("hutong_tls_certificate_remaining_seconds{endpoint=\"http\"} 2")
                .contains("hutong_tls_files_age_seconds{endpoint=\"management\"}");
    }

    @Test
    void aClientMayShowACertificateOfItsOwnMaking() throws Exception {
        TestCertificates.Issued own = new TestCertificates(clock.instant()).issue("gate");
        try (SSLSocket socket = connect("TLSv1.3", Optional.of(own))) {
            socket.startHandshake();
            OutputStream out = socket.getOutputStream();
            out.write("GET /v1/formats HTTP/1.1\r\nHost: hub\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();

            assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            assertThat(socket.getSession().getLocalCertificates()).hasSize(1);
        }
    }

    @Test
    void aClientOfAnotherAuthorityIsTurnedAwayWhereAuthoritiesAreNamed(@TempDir Path data) throws Exception {
        TlsConfig strict = new TlsConfig(
                certificate(), key(), ClientCertificates.REQUEST, Optional.of(folder.resolve("authority.pem")));
        HubConfig config = TestHub.config(data);
        try (TestHub other = TestHub.start(
                config.withHttp(config.http().withTls(strict)), clock, context(Optional.empty(), "TLS"))) {
            URI url = other.hub().url();
            assertThat(answerTo(url, Optional.empty())).isEqualTo("HTTP/1.1 200");
            assertThat(answerTo(url, Optional.of(certificates.issue("gate")))).isEqualTo("HTTP/1.1 200");
            Optional<TestCertificates.Issued> stranger =
                    Optional.of(new TestCertificates(clock.instant()).issue("gate"));
            assertThatThrownBy(() -> answerTo(url, stranger)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aKeyThatOthersCanReadIsNotUsed(@TempDir Path data) {
        TestCertificates.write(key(), certificates.issue("first").key(), "rw-r--r--");

        assertRefused(data, "http.tls.key: ", "can be read by others than its owner; run: chmod 600 hub-key.pem");
    }

    @Test
    void aKeyOfAnotherKindOfFileIsNotUsed(@TempDir Path data) {
        TestCertificates.write(
                key(), "-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n", "rw-------");

        assertRefused(data, "http.tls.key: ", "openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void aCertificateThatHasEndedIsNotUsed(@TempDir Path data) {
        Instant end = clock.instant().minusSeconds(60);
        certificates.issue("old", end).writeTo(certificate(), key());

        assertRefused(
                data, "http.tls.certificate: ", "ended at " + end.toString().substring(0, 16));
    }

    @Test
    void aChainInTheWrongOrderIsNotUsed(@TempDir Path data) {
        TestCertificates.Issued issued = certificates.issue("first");
        issued.writeTo(certificate(), key());
        TestCertificates.write(
                certificate(),
                issued.certificate() + certificates.issue("second").certificate(),
                "rw-r--r--");

        assertRefused(data, "http.tls.certificate: ", "its certificate 2 did not issue the one before it");
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path data) throws IOException {
        Files.delete(certificate());

        assertRefused(data, "http.tls.certificate: ", "there is no file " + certificate());
    }

    private void assertRefused(Path data, String... told) {
        HubConfig config = TestHub.config(data);
        assertThatThrownBy(() -> TestHub.start(
                        config.withHttp(config.http().withTls(new TlsConfig(certificate(), key()))), clock))
                .isInstanceOf(HubStartException.class)
                .hasMessageContainingAll(told);
    }

    private String readiness() {
        return hub.operator().get("/health/ready").text();
    }

    private void awaitServed(String subject) {
        eventually(() -> assertThat(served()).isEqualTo(subject));
    }

    private String served() throws Exception {
        try (SSLSocket socket = connect("TLSv1.3", Optional.empty())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private String answerTo(URI url, Optional<TestCertificates.Issued> own) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) context(own, "TLSv1.2").getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write("GET /v1/formats HTTP/1.1\r\nHost: hub\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    private SSLSocket connect(String protocol, Optional<TestCertificates.Issued> own) throws Exception {
        SSLSocket socket = (SSLSocket) context(own, "TLS")
                .getSocketFactory()
                .createSocket(hub.hub().url().getHost(), hub.hub().url().getPort());
        socket.setSoTimeout(10_000);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    /** Trusts the test's authority alone. */
    private SSLContext context(Optional<TestCertificates.Issued> own, String protocol) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", certificateOf(certificates.authority()));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore shown = KeyStore.getInstance(KeyStore.getDefaultType());
            shown.load(null, null);
            if (own.isPresent()) {
                shown.setKeyEntry("own", keyOf(own.get().key()), new char[0], new Certificate[] {
                    certificateOf(own.get().certificate())
                });
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance("NewSunX509");
            keys.init(shown, new char[0]);
            SSLContext context = SSLContext.getInstance(protocol);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Certificate certificateOf(String pem) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static PrivateKey keyOf(String pem) throws Exception {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }
}
