package dev.hutong.hub.http;

import dev.hutong.registry.CertificateThumbprint;
import io.vertx.core.http.HttpServerRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The certificate whose key a connection's other end has shown to have, in the TLS handshake (RFC 8705). */
final class ClientCertificates {
    private ClientCertificates() {}

    /** Its thumbprint; empty without TLS, and where none was shown. */
    static Optional<CertificateThumbprint> of(HttpServerRequest request) {
        SSLSession session = request.sslSession();
        if (session == null) {
            return Optional.empty();
        }
        try {
            byte[] certificate = session.getPeerCertificates()[0].getEncoded();
            return Optional.of(CertificateThumbprint.of(
                    MessageDigest.getInstance("SHA-256").digest(certificate)));
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("A certificate of the handshake cannot be read", impossible);
        }
    }
}
