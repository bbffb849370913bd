package dev.hutong.hub.tls;

import dev.hutong.hub.config.TlsConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What an endpoint proves itself by, and whom it believes: the very octets that were checked, whatever becomes of the files.
 *
 * @param leaf the endpoint's own certificate
 * @param certificate its chain, PEM, the leaf first
 * @param key PEM, PKCS #8
 * @param clients whether clients are asked for a certificate
 * @param clientTrust by which certificates theirs must be issued, PEM; empty where any will do that they hold the key of
 */
record TlsMaterial(
        X509Certificate leaf,
        Buffer certificate,
        Buffer key,
        TlsConfig.ClientCertificates clients,
        Optional<Buffer> clientTrust) {

    /** TLS 1.0 and 1.1 are deprecated (RFC 8996). */
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** Forward secrecy and authenticated encryption alone (RFC 9325 §4.2); the first three are those of TLS 1.3. */
    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final int HANDSHAKE_SECONDS = 10;

    /** When the certificate ends; from then on it is no good. */
    Instant expires() {
        return leaf.getNotAfter().toInstant();
    }

    /** Whose it is and how long it is good, for an operator. */
    String describe() {
        return leaf.getSubjectX500Principal() + ", good until " + expires();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return describe();
    }

    /** As a server takes it. HTTP/1.1 alone is offered: what HTTP/2 lets a client do without waiting need not be bounded then. */
    ServerSSLOptions options() {
        ServerSSLOptions options = new ServerSSLOptions()
                .setKeyCertOptions(
                        new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key))
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(PROTOCOLS))
                .setUseAlpn(false)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS);
        CIPHER_SUITES.forEach(options::addEnabledCipherSuite);
        if (clients == TlsConfig.ClientCertificates.REQUEST) {
            options.setClientAuth(ClientAuth.REQUEST);
            clientTrust.ifPresentOrElse(
                    trust -> options.setTrustOptions(new PemTrustOptions().addCertValue(trust)),
                    () -> options.setTrustOptions(TrustOptions.wrap(new AnyHolder())));
        }
        return options;
    }
}
